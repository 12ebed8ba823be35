with

watch_events as (

    select * from {{ source('emby', 'raw_emby_watch_events') }}

),

renamed as (

    select
        user_id || '|' || item_id || '|' || played_at_local as event_id,
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
        cast(duration_seconds as text) as duration_seconds,
        cast(pause_seconds as text) as pause_seconds,

        change_number,

        played_at_local,
        first_loaded_at,
        last_loaded_at
    from watch_events

)

select * from renamed
