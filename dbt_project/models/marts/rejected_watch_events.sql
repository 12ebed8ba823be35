with

watch_events as (

    select * from {{ ref('int_watch_events_checked') }}

),

user_items as (

    select * from {{ ref('int_user_items_played') }}
    where rejected_event_count > 0

),

rejected as (

    select
        watch_events.event_id,
        watch_events.user_id,
        watch_events.item_id,

        watch_events.user_name,
        watch_events.item_name,
        watch_events.item_type,
        watch_events.remote_address,
        watch_events.playback_method,
        watch_events.client_name,
        watch_events.device_name,
        watch_events.transcode_reasons,
        watch_events.duration_seconds,
        watch_events.pause_seconds,
        watch_events.reason,

        watch_events.played_at_local,
        watch_events.first_loaded_at,
        watch_events.last_loaded_at
    from user_items
    inner join watch_events
        on
            user_items.user_id = watch_events.user_id
            and user_items.item_id = watch_events.item_id
    where watch_events.reason is not null

)

select * from rejected
