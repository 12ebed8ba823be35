with

sessionized as (

    select * from {{ ref('int_watch_events_sessionized') }}

),

raw_events as (

    select * from {{ ref('stg_emby__watch_events') }}

),

watched_items as (

    select * from {{ ref('int_watched_items') }}

),

users as (

    select * from {{ ref('users') }}

),

report_offsets as (

    select * from {{ ref('int_report_offsets') }}

),

described as (

    select
        raw_events.event_id,
        sessionized.session_id,
        sessionized.user_id,
        sessionized.item_id,

        users.user_name,
        coalesce(raw_events.item_name, watched_items.item_name) as item_name,
        coalesce(raw_events.item_type, watched_items.item_type) as item_type,
        raw_events.remote_address,
        raw_events.playback_method,
        raw_events.client_name,
        raw_events.device_name,

        sessionized.watched_seconds,
        sessionized.paused_seconds,

        {{ timestamp_at('sessionized.started_epoch_seconds') }} as started_at,
        {{ timestamp_at(
            'sessionized.started_epoch_seconds + report_offsets.utc_offset_seconds'
        ) }} as started_local,
        {{ timestamp_at('sessionized.ended_epoch_seconds') }} as ended_at
    from sessionized
    inner join raw_events
        on
            sessionized.user_id = raw_events.user_id
            and sessionized.item_id = raw_events.item_id
            and sessionized.played_at_local = raw_events.played_at_local
    left join watched_items
        on sessionized.item_id = watched_items.item_id
    left join users
        on sessionized.user_id = users.user_id
    left join report_offsets
        on
            sessionized.started_epoch_seconds >= report_offsets.from_epoch_seconds
            and sessionized.started_epoch_seconds
            < report_offsets.until_epoch_seconds

)

select * from described
