-- The sessions of every user and item as each scenario has them. The rules are those
-- of int_watch_sessions_formed and int_watch_sessions_rated, with the scenario's
-- numbers; a data test holds the scenario of this project against those models.
{{
    config(
        post_hook=index_on(['user_id', 'scenario_item_id', 'started_epoch_seconds'])
    )
}}

with

seeded as (

    select * from {{ ref('threshold_scenarios') }}

),

watch_events as (

    select * from {{ ref('int_watch_events_deduplicated') }}

),

user_items as (

    select * from {{ ref('int_user_items_described') }}

),

scenarios as (

    select
        scenario,
        session_gap_minutes,
        completed_ratio,
        partial_ratio,
        sampled_seconds
    from seeded

    union all

    select
        'this_project' as scenario,
        {{ var('session_gap_minutes') }} as session_gap_minutes,
        {{ var('completed_ratio_threshold') }} as completed_ratio,
        {{ var('partial_ratio_threshold') }} as partial_ratio,
        {{ var('min_sampled_seconds') }} as sampled_seconds

),

with_latest_end as (

    select
        scenarios.scenario,
        scenarios.session_gap_minutes,
        scenarios.completed_ratio,
        scenarios.partial_ratio,
        scenarios.sampled_seconds,
        watch_events.user_id,
        watch_events.item_id,
        watch_events.watched_seconds,
        watch_events.started_epoch_seconds,
        watch_events.played_at_second,
        max(watch_events.ended_epoch_seconds) over (
            partition by
                scenarios.scenario, watch_events.user_id, watch_events.item_id
            order by watch_events.started_epoch_seconds, watch_events.played_at_second
            rows between unbounded preceding and 1 preceding
        ) as latest_end_epoch_seconds
    from watch_events
    cross join scenarios

),

with_session as (

    select
        *,
        max(
            case
                when
                    latest_end_epoch_seconds is null
                    or started_epoch_seconds - latest_end_epoch_seconds
                    > session_gap_minutes * 60
                    then started_epoch_seconds
            end
        ) over (
            partition by scenario, user_id, item_id
            order by started_epoch_seconds, played_at_second
            rows between unbounded preceding and current row
        ) as session_started_epoch_seconds
    from with_latest_end

),

formed as (

    select
        scenario,
        completed_ratio,
        partial_ratio,
        sampled_seconds,
        user_id,
        item_id,
        sum(watched_seconds) as total_seconds_watched,
        session_started_epoch_seconds as started_epoch_seconds
    from with_session
    group by
        scenario,
        completed_ratio,
        partial_ratio,
        sampled_seconds,
        user_id,
        item_id,
        session_started_epoch_seconds

),

with_runtime as (

    select
        formed.scenario,
        formed.user_id,
        formed.scenario || '|' || formed.item_id as scenario_item_id,
        formed.total_seconds_watched,
        formed.sampled_seconds,
        formed.started_epoch_seconds,
        user_items.runtime_seconds,
        {{ seconds_of_runtime('formed.completed_ratio', 'user_items.runtime_seconds') }}
            as completing_seconds,
        {{ seconds_of_runtime('formed.partial_ratio', 'user_items.runtime_seconds') }}
            as partial_from_seconds
    from formed
    inner join user_items
        on
            formed.user_id = user_items.user_id
            and formed.item_id = user_items.item_id

),

rated as (

    select
        with_runtime.*,
        {{ outcome_of(
            'with_runtime.total_seconds_watched',
            sessions='with_runtime',
            sampled_from_seconds='with_runtime.sampled_seconds'
        ) }} as outcome
    from with_runtime

)

select * from rated
