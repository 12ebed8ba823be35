{{ config(materialized='table') }}

with

watch_events as (

    select * from {{ ref('int_watch_events_timed') }}

),

-- The latest end of all earlier events, and not the end of the previous one: a
-- short event inside a long one must not end the session. Narrow rows, because
-- every column is carried through the sort of a long history.
with_latest_end as (

    select
        user_id,
        item_id,
        watched_seconds,
        paused_seconds,
        played_at_local,
        started_epoch_seconds,
        ended_epoch_seconds,
        max(ended_epoch_seconds) over (
            partition by user_id, item_id
            order by started_epoch_seconds, played_at_local
            rows between unbounded preceding and 1 preceding
        ) as latest_end_epoch_seconds
    from watch_events

),

with_session_starts as (

    select
        *,
        case
            when
                latest_end_epoch_seconds is null
                or started_epoch_seconds - latest_end_epoch_seconds
                > {{ var('session_gap_minutes') }} * 60
                then started_epoch_seconds
        end as session_start_epoch_seconds
    from with_latest_end

),

-- Starts only grow, so the largest so far is the start of the current session.
numbered as (

    select
        user_id,
        item_id,
        watched_seconds,
        paused_seconds,
        played_at_local,
        started_epoch_seconds,
        ended_epoch_seconds,
        max(session_start_epoch_seconds) over (
            partition by user_id, item_id
            order by started_epoch_seconds, played_at_local
            rows between unbounded preceding and current row
        ) as session_started_epoch_seconds
    from with_session_starts

),

named as (

    select
        user_id || '|' || item_id || '|'
        || {{ timestamp_at('session_started_epoch_seconds') }} as session_id,
        user_id,
        item_id,
        watched_seconds,
        paused_seconds,
        played_at_local,
        started_epoch_seconds,
        ended_epoch_seconds
    from numbered

)

select * from named
