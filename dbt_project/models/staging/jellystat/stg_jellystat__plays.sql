with

activities as (

    select * from {{ source('jellystat', 'raw_jellystat_rows') }}
    where table_name = 'jf_playback_activity'

),

-- An episode has its series in NowPlayingItemId, and itself in EpisodeId.
unpacked as (

    select
        {{ json_text('payload', 'Id') }} as play_id,
        {{ json_text('payload', 'UserId') }} as user_id,
        coalesce(
            {{ json_text('payload', 'EpisodeId') }},
            {{ json_text('payload', 'NowPlayingItemId') }}
        ) as item_id,

        {{ json_text('payload', 'UserName') }} as user_name,
        {{ json_text('payload', 'SeriesName') }} as series_name,
        {{ json_text('payload', 'NowPlayingItemName') }} as title,
        case
            when {{ json_text('payload', 'EpisodeId') }} is null then 'Movie'
            else 'Episode'
        end as item_type,
        {{ json_text('payload', 'RemoteEndPoint') }} as remote_address,
        {{ json_text('payload', 'PlayMethod') }} as playback_method,
        {{ json_text('payload', 'Client') }} as client_name,
        {{ json_text('payload', 'DeviceName') }} as device_name,
        {{ json_text('payload', 'PlaybackDuration') }} as play_duration_seconds,

        row_hash,
        load_id,
        {{ json_boolean('payload', 'imported') }} as is_copied,

        {{ json_text('payload', 'ActivityDateInserted') }} as told_at,
        first_loaded_at
    from activities

),

-- The moment told is the stop. Nine digits are a lifetime: with more, there is no
-- start.
timed as (

    select
        *,
        case
            when
                {{ is_whole_number('play_duration_seconds') }}
                and length(play_duration_seconds) <= 9
                then
                    {{ epoch_seconds(timestamp_from_iso('told_at')) }}
                    - cast({{ as_integer('play_duration_seconds') }} as bigint)
        end as started_epoch_seconds
    from unpacked

),

-- Of what was copied from the plugin it is the start, on the server's clock.
renamed as (

    select
        play_id,
        user_id,
        item_id,

        case when is_copied then 'jellystat_copy' else 'jellystat' end as source,
        user_name,
        case
            when series_name is null then title
            else series_name || ' - ' || title
        end as item_name,
        item_type,
        remote_address,
        playback_method,
        client_name,
        device_name,
        play_duration_seconds,
        cast(null as {{ dbt.type_string() }}) as pause_duration_seconds,
        told_at,
        row_hash,

        load_id,

        case
            when not is_copied and started_epoch_seconds >= 0
                then {{ timestamp_at('started_epoch_seconds') }}
        end as started_at,
        case
            when is_copied then replace(substr(told_at, 1, 19), 'T', ' ')
        end as started_local,
        first_loaded_at
    from timed

)

select * from renamed
