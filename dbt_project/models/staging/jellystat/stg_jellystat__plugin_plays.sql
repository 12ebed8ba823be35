with

plugin_rows as (

    select * from {{ source('jellystat', 'raw_jellystat_rows') }}
    where table_name = 'jf_playback_reporting_plugin_data'

),

unpacked as (

    select
        -- A database counts again what it deleted last.
        {{ json_text('payload', 'rowid') }}
        || '@' || {{ json_text('payload', 'DateCreated') }} as play_id,
        {{ json_text('payload', 'UserId') }} as user_id,
        {{ json_text('payload', 'ItemId') }} as item_id,

        'jellystat_plugin' as source,
        cast(null as {{ dbt.type_string() }}) as user_name,
        {{ json_text('payload', 'ItemName') }} as item_name,
        {{ json_text('payload', 'ItemType') }} as item_type,
        cast(null as {{ dbt.type_string() }}) as remote_address,
        {{ json_text('payload', 'PlaybackMethod') }} as playback_method,
        {{ json_text('payload', 'ClientName') }} as client_name,
        {{ json_text('payload', 'DeviceName') }} as device_name,
        {{ json_text('payload', 'PlayDuration') }} as play_duration_seconds,
        cast(null as {{ dbt.type_string() }}) as pause_duration_seconds,
        {{ json_text('payload', 'DateCreated') }} as told_at,
        row_hash,

        load_id,

        cast(null as timestamp) as started_at,
        first_loaded_at
    from plugin_rows

),

-- Jellystat writes the wall time of the server's clock as if it were UTC.
renamed as (

    select
        play_id,
        user_id,
        item_id,

        source,
        user_name,
        item_name,
        item_type,
        remote_address,
        playback_method,
        client_name,
        device_name,
        play_duration_seconds,
        pause_duration_seconds,
        told_at,
        row_hash,

        load_id,

        started_at,
        replace(substr(told_at, 1, 19), 'T', ' ') as started_local,
        first_loaded_at
    from unpacked

)

select * from renamed
