-- The sessions as the mart shows them.
with

sessions as (

    select * from {{ ref('int_watch_sessions_rated') }}

),

in_viewings as (

    select * from {{ ref('int_watch_sessions_in_viewings') }}

),

user_items as (

    select * from {{ ref('int_user_items_described') }}

),

described as (

    select
        user_items.user_item_id || '|'
        || {{ timestamp_at('sessions.started_epoch_seconds') }} as session_id,
        user_items.user_id,
        user_items.item_id,

        user_items.user_name,
        user_items.item_name,
        user_items.item_type,
        sessions.runtime_basis,
        sessions.outcome,

        sessions.event_count,
        sessions.total_seconds_watched,
        sessions.paused_seconds,
        (sessions.ended_epoch_seconds - sessions.started_epoch_seconds) / 60.0
            as span_minutes,
        sessions.runtime_seconds,
        sessions.completion_ratio,
        in_viewings.viewing_number,
        in_viewings.completes_viewing,

        {{ evening_of('sessions.started_epoch_seconds') }} as evening_on,
        {{ timestamp_at('sessions.started_epoch_seconds') }} as started_at,
        {{ local_timestamp_at('sessions.started_epoch_seconds') }} as started_local,
        {{ timestamp_at('sessions.ended_epoch_seconds') }} as ended_at,
        {{ local_timestamp_at('sessions.ended_epoch_seconds') }} as ended_local
    from sessions
    inner join user_items
        on
            sessions.user_id = user_items.user_id
            and sessions.item_id = user_items.item_id
    left join in_viewings
        on
            sessions.user_id = in_viewings.user_id
            and sessions.item_id = in_viewings.item_id
            and sessions.started_epoch_seconds = in_viewings.started_epoch_seconds

)

select * from described
