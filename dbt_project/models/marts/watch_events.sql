{{ config(materialized='incremental') }}

with

timed as (

    select * from {{ ref('int_watch_events_timed') }}
    {{ only_changed('user_item_number') }}

),

-- Not materialized: looked up by user, item and start, in the order in which they are
-- kept.
observations as not materialized (

    select * from {{ ref('int_watch_event_observations_built') }}

),

user_items as (

    select * from {{ ref('int_user_items_described') }}

),

sessions as (

    select * from {{ ref('int_watch_sessions_formed') }}

),

described as (

    select
        observations.event_id,
        {{ concatenated_key(['user_items.user_id', 'user_items.item_id']) }} || '|'
        || {{ timestamp_at(
            '(
                select max(sessions.started_epoch_seconds)
                from sessions
                where
                    sessions.user_item_number = timed.user_item_number
                    and sessions.started_epoch_seconds
                    <= timed.started_epoch_seconds
            )'
        ) }} as session_id,
        user_items.user_id,
        user_items.item_id,

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

        timed.watched_seconds,
        timed.paused_seconds,

        {{ timestamp_at('timed.started_epoch_seconds') }} as started_at,
        {{ local_timestamp_at('timed.started_epoch_seconds') }} as started_local,
        {{ timestamp_at('timed.ended_epoch_seconds') }} as ended_at
    from timed
    inner join user_items
        on timed.user_item_number = user_items.user_item_number
    inner join observations
        on
            user_items.user_id = observations.user_id
            and user_items.item_id = observations.item_id
            and timed.played_at_local = observations.played_at_local
            and timed.source = observations.source
            and timed.play_duration_seconds = observations.play_duration_seconds
            and coalesce(timed.pause_duration_seconds, '')
            = coalesce(observations.pause_duration_seconds, '')

)

select * from described
