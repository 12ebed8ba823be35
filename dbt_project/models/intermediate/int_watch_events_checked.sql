with

watch_events as (

    select * from {{ ref('stg_emby__watch_events') }}

),

with_reason as (

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

        change_number,

        played_at_local,
        first_loaded_at,
        last_loaded_at,

        case
            -- The usual event first: a million of them are asked.
            when
                {{ is_whole_number('duration_seconds') }}
                -- The plugin counts in 32 bits; a larger number is no count of it.
                and cast(duration_seconds as integer) between 0 and 2147483647
                and {{ is_wall_time('played_at_local') }}
                then null
            when trim(coalesce(duration_seconds, '')) = ''
                then 'missing_duration'
            when not {{ is_whole_number('duration_seconds') }}
                then 'malformed_duration'
            when cast(duration_seconds as integer) < 0
                then 'negative_duration'
            when cast(duration_seconds as integer) > 2147483647
                then 'malformed_duration'
            else 'malformed_time'
        end as reason
    from watch_events

)

select * from with_reason
