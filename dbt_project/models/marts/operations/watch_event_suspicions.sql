-- Which events are odd, and why. They still count in every number.
{{ config(materialized='view') }}

with

-- Not materialized: from a copy of it, SQLite joins neighbours without an index.
watch_events as {{ materialized(false) }} (

    select * from {{ ref('watch_events') }}

),

watch_sessions as (

    select * from {{ ref('watch_sessions') }}

),

with_latest_end as (

    select
        *,
        {{ date_of('started_local') }} as started_on,
        max(ended_at) over (
            partition by user_id
            order by started_at, event_id
            rows between unbounded preceding and 1 preceding
        ) as latest_ended_at
    from watch_events

),

-- Events of a user between which there is no gap are neighbours of each other.
with_neighbours as (

    select
        *,
        sum(case when started_at < latest_ended_at then 0 else 1 end) over (
            partition by user_id
            order by started_at, event_id
            rows between unbounded preceding and current row
        ) as neighbours_number,
        cast(
            sum(watched_seconds) over (
                partition by user_id, started_on
                rows between unbounded preceding and unbounded following
            ) as bigint
        ) as day_seconds,
        count(*) over (
            partition by user_id, started_at
            rows between unbounded preceding and unbounded following
        ) as starts_in_second
    from with_latest_end

),

two_at_once as (

    select
        events.event_id,
        min(neighbours.event_id) as other_event_id,
        'two_at_once' as reason,
        max(events.day_seconds) as day_seconds
    from with_neighbours as events
    inner join with_neighbours as neighbours
        on
            events.user_id = neighbours.user_id
            and events.neighbours_number = neighbours.neighbours_number
            and events.device_name <> neighbours.device_name
            and events.started_at < neighbours.ended_at
            and events.ended_at > neighbours.started_at
    group by events.event_id

),

longer_than_the_runtime as (

    select
        events.event_id,
        null as other_event_id,
        'far_longer_than_the_runtime' as reason,
        events.day_seconds
    from with_neighbours as events
    inner join watch_sessions
        on events.session_id = watch_sessions.session_id
    where
        watch_sessions.runtime_basis = 'actual'
        and events.watched_seconds
        > {{ var('suspect_runtime_multiple') }} * watch_sessions.runtime_seconds

),

long_days as (

    select
        event_id,
        null as other_event_id,
        'too_many_hours_a_day' as reason,
        day_seconds
    from with_neighbours
    where day_seconds > {{ var('suspect_day_hours') }} * 3600

),

bursts as (

    select
        event_id,
        null as other_event_id,
        'burst_of_equal_starts' as reason,
        day_seconds
    from with_neighbours
    where starts_in_second >= {{ var('suspect_burst_events') }}

),

found as (

    select * from two_at_once
    union all
    select * from longer_than_the_runtime
    union all
    select * from long_days
    union all
    select * from bursts

)

select * from found
