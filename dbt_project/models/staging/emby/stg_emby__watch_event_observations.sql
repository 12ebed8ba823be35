with

observations as (

    select * from {{ source('emby', 'raw_emby_watch_events') }}

),

-- What a source leaves empty is null from here on.
renamed as (

    select
        {{ concatenated_key([
            'user_id',
            'item_id',
            'played_at_local',
            'source',
            'play_duration_seconds',
            'pause_duration_seconds',
        ]) }} as observation_id,
        user_id,
        item_id,

        source,
        nullif(user_name, '') as user_name,
        nullif(item_name, '') as item_name,
        nullif(item_type, '') as item_type,
        nullif(remote_address, '') as remote_address,
        nullif(playback_method, '') as playback_method,
        nullif(client_name, '') as client_name,
        nullif(device_name, '') as device_name,
        nullif(transcode_reasons, '') as transcode_reasons,
        nullif(play_duration_seconds, '') as play_duration_seconds,
        nullif(pause_duration_seconds, '') as pause_duration_seconds,

        load_id,

        played_at_local,
        first_loaded_at
    from observations

)

select * from renamed
