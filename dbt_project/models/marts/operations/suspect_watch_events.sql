-- Nothing here is left out of any number: a person decides.
{{ config(materialized='view') }}

with

watch_events as (

    select * from {{ ref('watch_events') }}

),

watch_sessions as (

    select * from {{ ref('watch_sessions') }}

),

user_item_stats as (

    select * from {{ ref('user_item_stats') }}

),

rated as (

    select * from {{ ref('int_watch_sessions_rated') }}

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
        'two_at_once' as reason,
        min(neighbours.event_id) as other_event_id
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
        watch_events.event_id,
        'far_longer_than_the_runtime' as reason,
        null as other_event_id
    from watch_events
    inner join watch_sessions
        on watch_events.session_id = watch_sessions.session_id
    where
        watch_sessions.runtime_basis = 'actual'
        and watch_events.watched_seconds
        > {{ var('suspect_runtime_multiple') }} * watch_sessions.runtime_seconds

),

long_days as (

    select
        event_id,
        'too_many_hours_a_day' as reason,
        null as other_event_id
    from with_neighbours
    where day_seconds > {{ var('suspect_day_hours') }} * 3600

),

bursts as (

    select
        event_id,
        'burst_of_equal_starts' as reason,
        null as other_event_id
    from with_neighbours
    where starts_in_second >= {{ var('suspect_burst_events') }}

),

suspects as (

    select * from two_at_once
    union all
    select * from longer_than_the_runtime
    union all
    select * from long_days
    union all
    select * from bursts

),

described as (

    select
        suspects.event_id || '|' || suspects.reason as suspect_id,
        suspects.event_id,
        watch_sessions.session_id,
        watch_sessions.user_id,
        watch_sessions.item_id,
        suspects.other_event_id,

        watch_sessions.user_name,
        events.item_name,
        events.device_name,
        suspects.reason,
        watch_sessions.outcome as session_outcome,
        case
            when watch_sessions.event_count > 1
                then
                    {{ outcome_of(
                        'watch_sessions.total_seconds_watched - events.watched_seconds',
                        sessions='rated',
                        sampled_from_seconds=var('min_sampled_seconds')
                    ) }}
        end as session_outcome_without,

        events.watched_seconds,
        watch_sessions.total_seconds_watched as session_seconds,
        watch_sessions.total_seconds_watched - events.watched_seconds
            as session_seconds_without,
        user_item_stats.total_seconds_watched as item_seconds,
        user_item_stats.total_seconds_watched - events.watched_seconds
            as item_seconds_without,
        events.day_seconds,
        events.day_seconds - events.watched_seconds as day_seconds_without,

        events.started_at,
        events.started_local,
        events.ended_local
    from suspects
    inner join with_neighbours as events
        on suspects.event_id = events.event_id
    inner join watch_sessions
        on events.session_id = watch_sessions.session_id
    inner join rated
        on
            watch_sessions.user_id = rated.user_id
            and watch_sessions.item_id = rated.item_id
            and {{ epoch_seconds('watch_sessions.started_at') }}
            = rated.started_epoch_seconds
    inner join user_item_stats
        on
            watch_sessions.user_id = user_item_stats.user_id
            and watch_sessions.item_id = user_item_stats.item_id

)

select * from described
