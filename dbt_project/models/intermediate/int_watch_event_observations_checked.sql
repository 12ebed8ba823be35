with

observations as (

    select * from {{ ref('stg_emby__watch_event_observations') }}

),

measured as (

    select
        *,
        -- Sources differ in whether they tell the fraction of a second.
        case
            when substr(played_at_local, 20, 1) in ('', '.')
                then substr(played_at_local, 1, 19)
            else played_at_local
        end as played_at_second,
        case
            when {{ is_whole_number('play_duration_seconds') }}
                then cast(play_duration_seconds as integer)
        end as play_seconds,
        case
            when {{ is_whole_number('pause_duration_seconds') }}
                then cast(pause_duration_seconds as integer)
        end as pause_seconds,
        source in ('query', 'backup') as includes_pause
    from observations

),

without_pause as (

    select
        *,
        case
            when includes_pause then play_seconds - coalesce(pause_seconds, 0)
            else play_seconds
        end as watched_seconds,
        -- The plugin counts in 32 bits; what is no such count is no pause.
        case
            when pause_seconds between 0 and 2147483647 then pause_seconds
        end as paused_seconds,
        {{ is_wall_time('played_at_second') }} as has_time
    from measured

),

started as (

    select
        *,
        case
            when has_time
                then
                    {{ epoch_seconds('played_at_second') }}
                    - {{ latest('utc_offset_seconds',
                        of=ref('int_server_clock_offsets'),
                        since='local_from',
                        at='played_at_second') }}
        end as started_epoch_seconds
    from without_pause

),

checked as (

    select
        observation_id,
        {{ concatenated_key(['user_id', 'item_id', 'played_at_second']) }} as event_id,
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
        transcode_reasons,
        play_duration_seconds,
        pause_duration_seconds,
        case
            when trim(coalesce(play_duration_seconds, '')) = ''
                then 'missing_duration'
            when play_seconds is null
                then 'malformed_duration'
            when watched_seconds < 0
                then 'negative_duration'
            when watched_seconds > {{ var('longest_event_hours') }} * 3600
                then 'implausible_duration'
            when not has_time
                then 'malformed_time'
            -- No zone is a day from UTC, so that the clock's time is later as well;
            -- that is quickly seen, and true of hardly any.
            when
                played_at_second > first_loaded_at
                and started_epoch_seconds
                > {{ epoch_seconds('first_loaded_at') }} + 86400
                then 'future_time'
        end as reason,

        watched_seconds,
        paused_seconds,
        load_id,
        started_epoch_seconds,

        played_at_local,
        played_at_second,
        first_loaded_at
    from started

)

select * from checked
