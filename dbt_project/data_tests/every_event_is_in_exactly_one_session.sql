-- Each session has as many events as it says, and lies around them.
with

events_of_sessions as (

    select
        user_id,
        item_id,
        session_id,
        count(*) as event_count,
        min(started_at) as started_at,
        max(ended_at) as ended_at
    from {{ ref('watch_events') }}
    group by user_id, item_id, session_id

),

disagreeing as (

    select
        coalesce(watch_sessions.session_id, events_of_sessions.session_id)
            as session_id,
        watch_sessions.event_count as event_count_of_session,
        events_of_sessions.event_count as event_count_of_events
    from events_of_sessions
    full outer join {{ ref('watch_sessions') }} as watch_sessions
        on
            events_of_sessions.user_id = watch_sessions.user_id
            and events_of_sessions.item_id = watch_sessions.item_id
            and events_of_sessions.session_id = watch_sessions.session_id
    where
        watch_sessions.session_id is null
        or events_of_sessions.session_id is null
        or watch_sessions.event_count <> events_of_sessions.event_count
        or watch_sessions.started_at <> events_of_sessions.started_at
        or watch_sessions.ended_at <> events_of_sessions.ended_at

)

select * from disagreeing
