-- The sessions of every user and item as each scenario has them. The rules are those
-- of int_watch_sessions_formed, with the scenario's numbers.
{{ config(materialized='view') }}

with

seeded as (

    select * from {{ ref('threshold_scenarios') }}

),

watch_events as (

    select * from {{ ref('int_watch_events_deduplicated') }}

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

)

select * from formed
