with

watch_sessions as (

    select * from {{ ref('int_watch_sessions_formed') }}

),

user_items as (

    select * from {{ ref('int_user_items_described') }}

),

with_runtime as (

    select
        watch_sessions.user_id,
        watch_sessions.item_id,
        watch_sessions.event_count,
        watch_sessions.total_seconds_watched,
        watch_sessions.paused_seconds,
        watch_sessions.started_epoch_seconds,
        watch_sessions.ended_epoch_seconds,
        user_items.runtime_basis,
        user_items.runtime_seconds,
        {{ seconds_of_runtime(
            var('completed_ratio_threshold'), 'user_items.runtime_seconds'
        ) }} as completing_seconds,
        {{ seconds_of_runtime(
            var('partial_ratio_threshold'), 'user_items.runtime_seconds'
        ) }} as partial_from_seconds
    from watch_sessions
    inner join user_items
        on
            watch_sessions.user_id = user_items.user_id
            and watch_sessions.item_id = user_items.item_id

),

-- Outcomes compare seconds: a ratio may have been rounded on its way.
rated as (

    select
        with_runtime.*,
        case
            when with_runtime.total_seconds_watched > with_runtime.runtime_seconds
                then 1.0
            else {{ quotient(
                'with_runtime.total_seconds_watched', 'with_runtime.runtime_seconds'
            ) }}
        end as completion_ratio,
        {{ outcome_of(
            'with_runtime.total_seconds_watched',
            sessions='with_runtime',
            sampled_from_seconds=var('min_sampled_seconds')
        ) }} as outcome
    from with_runtime

)

select * from rated
