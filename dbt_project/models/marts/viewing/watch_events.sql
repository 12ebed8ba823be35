{{ config(materialized='incremental', unique_key=['user_id', 'item_id']) }}

with

events as (

    select * from {{ ref('int_watch_events_deduplicated') }}
    {{ only_of(ref('int_user_items_changed')) }}

),

sessions as (

    select * from {{ ref('int_watch_sessions_formed') }}

),

with_sessions_begun as (

    select
        events.*,
        sessions.started_epoch_seconds as begun_epoch_seconds,
        sessions.earlier_event_count as earlier_events_of_begun
    from events
    left join sessions
        on
            events.user_id = sessions.user_id
            and events.item_id = sessions.item_id
            and events.started_epoch_seconds = sessions.started_epoch_seconds

),

-- Among all events of the user and item, and not of the session alone, which would cost
-- a sort: an earlier session has ended when the next begins. So the session of an event
-- is the last that has begun; a join by its start and end would read, for each event,
-- all sessions of the user and item.
numbered as (

    select
        *,
        count(*) over (
            partition by user_id, item_id
            order by started_epoch_seconds, played_at_second
            rows between unbounded preceding and 1 preceding
        ) as earlier_event_count,
        max(ended_epoch_seconds) over (
            partition by user_id, item_id
            order by started_epoch_seconds, played_at_second
            rows between unbounded preceding and 1 preceding
        ) as latest_end_epoch_seconds,
        max(begun_epoch_seconds) over (
            partition by user_id, item_id
            order by started_epoch_seconds, played_at_second
            rows between unbounded preceding and current row
        ) as session_epoch_seconds,
        max(earlier_events_of_begun) over (
            partition by user_id, item_id
            order by started_epoch_seconds, played_at_second
            rows between unbounded preceding and current row
        ) as earlier_events_of_session
    from with_sessions_begun

),

-- Not materialized: looked up by user, item and start, in the order in which they are
-- kept.
observations as {{ materialized(false) }} (

    select * from {{ ref('stg_emby__watch_event_observations') }}

),

checked as {{ materialized(false) }} (

    select * from {{ ref('int_watch_event_observations_checked') }}

),

-- Of each event that only another program tells of, the observation that is used.
imported as {{ materialized(false) }} (

    select * from {{ ref('int_imported_observations_judged') }}
    where status = 'used'

),

user_items as (

    select * from {{ ref('int_user_items_described') }}

),

described as (

    select
        user_items.user_item_id || '|' || numbered.played_at_second as event_id,
        user_items.user_item_id || '|'
        || {{ timestamp_at('numbered.session_epoch_seconds') }} as session_id,
        numbered.user_id,
        numbered.item_id,

        user_items.user_name,
        coalesce(
            {{ told_by_any('item_name') }}, imported.item_name, user_items.item_name
        ) as item_name,
        coalesce(
            {{ told_by_any('item_type') }}, imported.item_type, user_items.item_type
        ) as item_type,
        {% for column in [
            'remote_address',
            'playback_method',
            'client_name',
            'device_name',
        ] %}
            coalesce({{ told_by_any(column) }}, imported.{{ column }}) as {{ column }},
        {% endfor %}
        {{ told_by_any('transcode_reasons') }} as transcode_reasons,

        numbered.watched_seconds,
        numbered.paused_seconds,
        numbered.earlier_event_count - numbered.earlier_events_of_session + 1
            as position_in_session,
        case
            when numbered.earlier_event_count > numbered.earlier_events_of_session
                then
                    numbered.started_epoch_seconds
                    - numbered.latest_end_epoch_seconds
        end as idle_seconds_before,

        {{ timestamp_at('numbered.started_epoch_seconds') }} as started_at,
        {{ local_timestamp_at('numbered.started_epoch_seconds') }} as started_local,
        {{ timestamp_at('numbered.ended_epoch_seconds') }} as ended_at,
        {{ local_timestamp_at('numbered.ended_epoch_seconds') }} as ended_local
    from numbered
    inner join user_items
        on
            numbered.user_id = user_items.user_id
            and numbered.item_id = user_items.item_id
    left join observations
        on {{ same_observation('numbered', 'observations') }}
    left join imported
        on
            numbered.user_id = imported.user_id
            and numbered.item_id = imported.item_id
            and numbered.played_at_second = imported.played_at_second
            and numbered.source = imported.source
    {{ join_what_any_tells([
        'item_name',
        'item_type',
        'remote_address',
        'playback_method',
        'client_name',
        'device_name',
        'transcode_reasons',
    ]) }}

)

select * from described
