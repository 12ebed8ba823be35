-- Which events are odd, and why. They still count in every number.
{{ config(materialized='view') }}

with

watch_events as (

    select * from {{ ref('watch_events') }}

),

watch_sessions as (

    select * from {{ ref('watch_sessions') }}

),

with_days as (

    select
        *,
        {{ date_of('started_local') }} as started_on,
        {{ whole_quotient(epoch_seconds('started_at'), 86400) }} as first_day,
        {{ whole_quotient(epoch_seconds('ended_at'), 86400) }} as last_day
    from watch_events

),

with_counts as {{ materialized() }} (

    select
        *,
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
    from with_days

),

-- The day on which an event starts and the next, if it lasts until then. No more days:
-- an impossible pause would make all that follows suspect.
days_reached as (

    select
        *,
        first_day as day_reached
    from with_counts

    union all

    select
        *,
        first_day + 1 as day_reached
    from with_counts
    where last_day > first_day

),

overlapping as {{ materialized() }} (

    select
        earlier.event_id as earlier_event_id,
        later.event_id as later_event_id,
        earlier.day_seconds as earlier_day_seconds,
        later.day_seconds as later_day_seconds
    from days_reached as earlier
    inner join with_counts as later
        on
            earlier.user_id = later.user_id
            and earlier.day_reached = later.first_day
            and earlier.device_name <> later.device_name
            and earlier.started_at <= later.started_at
            and earlier.started_at < later.ended_at
            and earlier.ended_at > later.started_at

),

overlapped as (

    select
        earlier_event_id as event_id,
        later_event_id as other_event_id,
        earlier_day_seconds as day_seconds
    from overlapping

    union all

    select
        later_event_id as event_id,
        earlier_event_id as other_event_id,
        later_day_seconds as day_seconds
    from overlapping

),

two_at_once as (

    select
        event_id,
        min(other_event_id) as other_event_id,
        'two_at_once' as reason,
        max(day_seconds) as day_seconds
    from overlapped
    group by event_id

),

longer_than_the_runtime as (

    select
        events.event_id,
        null as other_event_id,
        'far_longer_than_the_runtime' as reason,
        events.day_seconds
    from with_counts as events
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
    from with_counts
    where day_seconds > {{ var('suspect_day_hours') }} * 3600

),

bursts as (

    select
        event_id,
        null as other_event_id,
        'burst_of_equal_starts' as reason,
        day_seconds
    from with_counts
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
