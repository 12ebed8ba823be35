{{ config(materialized='table') }}

with

watch_events as (

    select * from {{ ref('int_watch_events_sessionized') }}

),

watched_items as (

    select * from {{ ref('int_watched_items') }}

),

sessions as (

    select
        session_id,
        user_id,
        item_id,
        count(*) as event_count,
        sum(watched_seconds) as total_seconds_watched,
        sum(paused_seconds) as paused_seconds,
        min(started_epoch_seconds) as started_epoch_seconds,
        max(ended_epoch_seconds) as ended_epoch_seconds
    from watch_events
    group by session_id, user_id, item_id

),

with_runtime as (

    select
        sessions.*,
        watched_items.runtime_basis,
        watched_items.runtime_seconds,
        -- Rounded, because 0.55 x 100 is a little more than 55 in a computer.
        round(
            {{ var('completed_ratio_threshold') }} * watched_items.runtime_seconds, 6
        ) as completing_seconds,
        round(
            {{ var('partial_ratio_threshold') }} * watched_items.runtime_seconds, 6
        ) as partial_from_seconds
    from sessions
    left join watched_items
        on sessions.item_id = watched_items.item_id

),

-- Outcomes compare seconds: a ratio may have been rounded on its way.
rated as (

    select
        *,
        case
            when total_seconds_watched > runtime_seconds then 1.0
            else total_seconds_watched * 1.0 / runtime_seconds
        end as completion_ratio,
        case
            when runtime_seconds is null
                then 'unknown'
            when total_seconds_watched >= completing_seconds
                then 'completed'
            when total_seconds_watched >= partial_from_seconds
                then 'partial'
            when total_seconds_watched >= {{ var('min_sampled_seconds') }}
                then 'sampled'
            else 'abandoned'
        end as outcome
    from with_runtime

)

select * from rated
