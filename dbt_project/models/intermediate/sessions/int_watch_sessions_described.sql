-- The sessions as the mart shows them.
with

watch_sessions as (

    select * from {{ ref('int_watch_sessions_rated') }}

),

watch_sessions_in_viewings as (

    select * from {{ ref('int_watch_sessions_in_viewings') }}

),

user_items as (

    select * from {{ ref('int_user_items_described') }}

),

described as (

    select
        user_items.user_item_id || '|'
        || {{ timestamp_at('watch_sessions.started_epoch_seconds') }} as session_id,
        user_items.user_id,
        user_items.item_id,

        user_items.user_name,
        user_items.item_name,
        user_items.item_type,
        watch_sessions.runtime_basis,
        watch_sessions.outcome,

        watch_sessions.event_count,
        watch_sessions.total_seconds_watched,
        watch_sessions.paused_seconds,
        {{ quotient(
            'watch_sessions.ended_epoch_seconds - watch_sessions.started_epoch_seconds',
            60
        ) }} as span_minutes,
        watch_sessions.runtime_seconds,
        watch_sessions.completion_ratio,
        watch_sessions_in_viewings.viewing_number,
        watch_sessions_in_viewings.completes_viewing,

        {{ evening_of('watch_sessions.started_epoch_seconds') }} as evening_on,
        {{ timestamp_at('watch_sessions.started_epoch_seconds') }} as started_at,
        {{ local_timestamp_at('watch_sessions.started_epoch_seconds') }}
            as started_local,
        {{ timestamp_at('watch_sessions.ended_epoch_seconds') }} as ended_at,
        {{ local_timestamp_at('watch_sessions.ended_epoch_seconds') }} as ended_local
    from watch_sessions
    inner join user_items
        on
            watch_sessions.user_id = user_items.user_id
            and watch_sessions.item_id = user_items.item_id
    left join watch_sessions_in_viewings
        on
            watch_sessions.user_id = watch_sessions_in_viewings.user_id
            and watch_sessions.item_id = watch_sessions_in_viewings.item_id
            and watch_sessions.started_epoch_seconds
            = watch_sessions_in_viewings.started_epoch_seconds

)

select * from described
