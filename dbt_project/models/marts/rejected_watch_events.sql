with

watch_events as (

    select * from {{ ref('int_watch_events_checked') }}

),

rejected as (

    select
        event_id,
        user_id,
        item_id,

        user_name,
        item_name,
        item_type,
        remote_address,
        playback_method,
        client_name,
        device_name,
        transcode_reasons,
        duration_seconds,
        pause_seconds,
        reason,

        played_at_local,
        first_loaded_at,
        last_loaded_at
    from watch_events
    where reason is not null

)

select * from rejected
