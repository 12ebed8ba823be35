with

sessions as (

    select * from {{ ref('int_watch_sessions_formed') }}

),

user_items as (

    select * from {{ ref('int_user_items_described') }}

),

with_runtime as (

    select
        sessions.user_id,
        sessions.item_id,
        sessions.event_count,
        sessions.total_seconds_watched,
        sessions.paused_seconds,
        sessions.started_epoch_seconds,
        sessions.ended_epoch_seconds,
        user_items.runtime_basis,
        user_items.runtime_seconds,
        -- Rounded, because 0.55 x 100 is a little more than 55 in a computer.
        round(
            {{ var('completed_ratio_threshold') }} * user_items.runtime_seconds, 6
        ) as completing_seconds,
        round(
            {{ var('partial_ratio_threshold') }} * user_items.runtime_seconds, 6
        ) as partial_from_seconds
    from sessions
    inner join user_items
        on
            sessions.user_id = user_items.user_id
            and sessions.item_id = user_items.item_id

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
