-- Session by session the events it is made of, the gaps between them and the limit, and
-- the seconds that they sum to. Of a user and an item, or of one :session_id.
with

events as (

    select * from {{ ref('watch_events') }}
    where
        user_id = :user_id
        and item_id = :item_id
        and session_id = coalesce(:session_id, session_id)

),

sessions as (

    select
        *,
        max(ended_at) over (
            order by started_at rows between unbounded preceding and 1 preceding
        ) as previous_ended_at
    from {{ ref('watch_sessions') }}
    where user_id = :user_id and item_id = :item_id

),

of_sessions as (

    select
        events.*,
        sessions.started_local as session_started_local,
        strftime('%s', events.started_at) - strftime('%s', sessions.previous_ended_at)
            as idle_seconds_between_sessions
    from events
    inner join sessions on events.session_id = sessions.session_id

),

listed as (

    select
        session_started_local,
        position_in_session as sorted_by,
        'part' as kind,
        started_local
        || coalesce(
            ', ' || coalesce(client_name || ' on ' || device_name, device_name), ''
        ) as part,
        watched_seconds as amount,
        case
            when position_in_session = 1 and idle_seconds_between_sessions is null
                then 'The first time: a session begins.'
            when position_in_session = 1
                then
                    'A session begins: it starts '
                    || case
                        when idle_seconds_between_sessions < 7200
                            then
                                printf('%.1f min', idle_seconds_between_sessions / 60.0)
                        when idle_seconds_between_sessions < 172800
                            then
                                printf('%.1f h', idle_seconds_between_sessions / 3600.0)
                        else
                            printf('%.1f days', idle_seconds_between_sessions / 86400.0)
                    end
                    || ' after the session before ended, and the limit is '
                    || {{ var('session_gap_minutes') }} || ' min.'
            when idle_seconds_before < 0
                then
                    printf('Same session: it starts %,d s', -idle_seconds_before)
                    || ' before the latest end so far.'
            else
                printf('Same session: it starts %,d s', idle_seconds_before)
                || ' after the latest end so far, and up to '
                || printf('%,d s stay in it.', {{ var('session_gap_minutes') }} * 60)
        end
        || case
            when paused_seconds > 0
                then printf(' Paused %,d s, which is not watched.', paused_seconds)
            else ''
        end as words
    from of_sessions

),

summed as (

    select
        started_local as session_started_local,
        event_count + 1 as sorted_by,
        'total' as kind,
        'seconds watched' as part,
        total_seconds_watched as amount,
        'the sum of ' || event_count
        || case when event_count = 1 then ' event' else ' events' end as words
    from sessions
    where session_id = coalesce(:session_id, session_id)

),

explained as (

    select * from listed
    union all
    select * from summed

)

select
    'Events of the session of ' || session_started_local as about,
    kind,
    part,
    amount,
    's' as unit,
    words
from explained
order by session_started_local, sorted_by
