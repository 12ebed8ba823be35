{{ config(materialized='incremental', unique_key=['user_id', 'item_id']) }}

with

events as (

    select * from {{ ref('int_watch_events_timed') }}
    {{ only_of(ref('int_user_items_changed')) }}

),

-- Not materialized: looked up by user, item and start, in the order in which they are
-- kept.
observations as not materialized (

    select * from {{ ref('stg_emby__watch_event_observations') }}

),

checked as not materialized (

    select * from {{ ref('int_watch_event_observations_checked') }}

),

user_items as (

    select * from {{ ref('int_user_items_described') }}

),

sessions as (

    select * from {{ ref('int_watch_sessions_formed') }}

),

described as (

    select
        user_items.user_item_id || '|' || events.played_at_second as event_id,
        user_items.user_item_id || '|'
        || {{ timestamp_at('sessions.started_epoch_seconds') }} as session_id,
        events.user_id,
        events.item_id,

        user_items.user_name,
        coalesce({{ told_by_any('item_name') }}, user_items.item_name)
            as item_name,
        coalesce({{ told_by_any('item_type') }}, user_items.item_type)
            as item_type,
        {% for column in [
            'remote_address',
            'playback_method',
            'client_name',
            'device_name',
            'transcode_reasons',
        ] %}
            {{ told_by_any(column) }} as {{ column }},
        {% endfor %}

        events.watched_seconds,
        events.paused_seconds,

        {{ timestamp_at('events.started_epoch_seconds') }} as started_at,
        {{ local_timestamp_at('events.started_epoch_seconds') }} as started_local,
        {{ timestamp_at('events.ended_epoch_seconds') }} as ended_at
    from events
    inner join user_items
        on
            events.user_id = user_items.user_id
            and events.item_id = user_items.item_id
    inner join sessions
        on
            events.user_id = sessions.user_id
            and events.item_id = sessions.item_id
            and events.started_epoch_seconds >= sessions.started_epoch_seconds
            and events.started_epoch_seconds <= sessions.ended_epoch_seconds
    inner join observations
        on {{ same_observation('events', 'observations') }}

)

select * from described
