{{
    config(
        materialized='incremental',
        unique_key=['user_id', 'item_id'],
        pre_hook=sort_in_threads()
    )
}}

with

watch_events as (

    select * from {{ ref('int_watch_events_deduplicated') }}
    {{ only_of(ref('int_user_items_changed')) }}

),

-- The latest end of all earlier events, and not the end of the previous one: a
-- short event inside a long one must not end the session. Few columns: each
-- widens the sorts of a long history.
with_latest_end as (

    select
        user_id,
        item_id,
        watched_seconds,
        paused_seconds,
        started_epoch_seconds,
        ended_epoch_seconds,
        played_at_second,
        count(*) over (
            partition by user_id, item_id
            order by started_epoch_seconds, played_at_second
            rows between unbounded preceding and 1 preceding
        ) as earlier_event_count,
        max(ended_epoch_seconds) over (
            partition by user_id, item_id
            order by started_epoch_seconds, played_at_second
            rows between unbounded preceding and 1 preceding
        ) as latest_end_epoch_seconds
    from watch_events

),

-- Rows are in order of start, so the running max is the current session's start.
with_session as (

    select
        user_id,
        item_id,
        watched_seconds,
        paused_seconds,
        ended_epoch_seconds,
        earlier_event_count,
        max(
            case
                when
                    latest_end_epoch_seconds is null
                    or started_epoch_seconds - latest_end_epoch_seconds
                    > {{ var('session_gap_minutes') }} * 60
                    then started_epoch_seconds
            end
        ) over (
            partition by user_id, item_id
            order by started_epoch_seconds, played_at_second
            rows between unbounded preceding and current row
        ) as session_started_epoch_seconds
    from with_latest_end

),

formed as (

    select
        user_id,
        item_id,
        count(*) as event_count,
        sum(watched_seconds) as total_seconds_watched,
        sum(paused_seconds) as paused_seconds,
        min(earlier_event_count) as earlier_event_count,
        session_started_epoch_seconds as started_epoch_seconds,
        max(ended_epoch_seconds) as ended_epoch_seconds
    from with_session
    group by user_id, item_id, session_started_epoch_seconds

)

select * from formed
