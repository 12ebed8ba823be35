-- A session's start, end and event count equal those of its events.
with

sessions as (

    select
        session_id,
        event_count,
        started_at,
        ended_at
    from {{ ref('watch_sessions') }}
    {{ only_renewed() }}

),

events as (

    select
        session_id,
        started_at,
        ended_at
    from {{ ref('watch_events') }}
    {{ only_renewed() }}

),

told_twice as (

    select * from sessions

    union all

    select
        session_id,
        count(*) as event_count,
        min(started_at) as started_at,
        max(ended_at) as ended_at
    from events
    group by session_id

),

disagreeing as (

    select session_id
    from told_twice
    group by session_id
    having
        count(*) <> 2
        or min(event_count) <> max(event_count)
        or min(started_at) <> max(started_at)
        or min(ended_at) <> max(ended_at)

)

select * from disagreeing
