{{ config(materialized='incremental') }}

with

timed as (

    select * from {{ ref('int_watch_events_timed') }}
    {{ only_changed('user_item_number') }}

),

raw_events as (

    select * from {{ ref('stg_emby__watch_events') }}

),

user_items as (

    select * from {{ ref('int_user_items_described') }}

),

sessions as (

    select * from {{ ref('int_watch_sessions_formed') }}

),

described as (

    select
        raw_events.event_id,
        user_items.user_id || '|' || user_items.item_id || '|'
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
        coalesce(raw_events.item_name, user_items.item_name) as item_name,
        coalesce(raw_events.item_type, user_items.item_type) as item_type,
        raw_events.remote_address,
        raw_events.playback_method,
        raw_events.client_name,
        raw_events.device_name,

        timed.watched_seconds,
        timed.paused_seconds,

        {{ timestamp_at('timed.started_epoch_seconds') }} as started_at,
        {{ local_timestamp_at('timed.started_epoch_seconds') }} as started_local,
        {{ timestamp_at('timed.ended_epoch_seconds') }} as ended_at
    from timed
    inner join user_items
        on timed.user_item_number = user_items.user_item_number
    inner join raw_events
        on
            user_items.user_id = raw_events.user_id
            and user_items.item_id = raw_events.item_id
            and timed.played_at_local = raw_events.played_at_local

)

select * from described
