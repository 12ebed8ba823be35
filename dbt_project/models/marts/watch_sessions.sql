{{ config(post_hook=index_on(['session_id'])) }}

with

rated as (

    select * from {{ ref('int_watch_sessions_rated') }}

),

in_viewings as (

    select * from {{ ref('int_watch_sessions_in_viewings') }}

),

watched_items as (

    select * from {{ ref('int_watched_items') }}

),

users as (

    select * from {{ ref('users') }}

),

report_offsets as (

    select * from {{ ref('int_report_offsets') }}

),

described as (

    select
        rated.session_id,
        rated.user_id,
        rated.item_id,

        users.user_name,
        watched_items.item_name,
        watched_items.item_type,
        rated.runtime_basis,
        rated.outcome,

        rated.event_count,
        rated.total_seconds_watched,
        rated.paused_seconds,
        (rated.ended_epoch_seconds - rated.started_epoch_seconds) / 60.0
            as span_minutes,
        rated.runtime_seconds,
        rated.completion_ratio,
        in_viewings.viewing_number,
        in_viewings.completes_viewing,

        {{ timestamp_at('rated.started_epoch_seconds') }} as started_at,
        {{ timestamp_at(
            'rated.started_epoch_seconds + start_offsets.utc_offset_seconds'
        ) }} as started_local,
        {{ timestamp_at('rated.ended_epoch_seconds') }} as ended_at,
        {{ timestamp_at(
            'rated.ended_epoch_seconds + end_offsets.utc_offset_seconds'
        ) }} as ended_local
    from rated
    left join in_viewings
        on rated.session_id = in_viewings.session_id
    left join watched_items
        on rated.item_id = watched_items.item_id
    left join users
        on rated.user_id = users.user_id
    left join report_offsets as start_offsets
        on
            rated.started_epoch_seconds >= start_offsets.from_epoch_seconds
            and rated.started_epoch_seconds < start_offsets.until_epoch_seconds
    left join report_offsets as end_offsets
        on
            rated.ended_epoch_seconds >= end_offsets.from_epoch_seconds
            and rated.ended_epoch_seconds < end_offsets.until_epoch_seconds

)

select * from described
