-- One row per play as another program told it, with its start in UTC, and the reason
-- why it cannot be used, if there is one.
{{ config(materialized='table') }}

with

plays as (

    select * from {{ ref('int_imported_plays_identified') }}

),

-- No source here tells both a time with the pauses in it and how long they were.
measured as (

    select
        *,
        case
            when {{ is_whole_number('play_duration_seconds') }}
                then cast({{ as_integer('play_duration_seconds') }} as bigint)
        end as watched_seconds,
        case
            when
                {{ is_whole_number('pause_duration_seconds') }}
                and length(pause_duration_seconds) <= 9
                then cast({{ as_integer('pause_duration_seconds') }} as bigint)
        end as told_paused_seconds,
        case
            -- 1971, as of the plugin's: a clock that nobody set shows 1970.
            when {{ epoch_seconds('started_at') }} >= 31536000
                then {{ epoch_seconds('started_at') }}
            when {{ is_wall_time('started_local') }}
                then
                    {{ epoch_seconds('started_local') }}
                    - {{ latest('utc_offset_seconds',
                        of=ref('int_server_clock_offsets'),
                        since='local_from',
                        at='started_local') }}
        end as started_epoch_seconds,
        -- Of what is told in UTC with a Z, which no time of the server's clock has.
        case
            when started_at is not null
                then {{ as_text('started_at') }} || 'Z'
            else coalesce(started_local, played_at_local)
        end as played_at_second
    from plays

),

checked as (

    select
        observation_id,
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
        case
            when is_copy then 'copied_from_plugin'
            else {{ why_it_is_unusable() }}
        end as reason,

        watched_seconds,
        case when told_paused_seconds >= 0 then told_paused_seconds end
            as paused_seconds,
        load_id,
        started_epoch_seconds,

        played_at_local,
        played_at_second,
        first_loaded_at
    from measured

)

select * from checked
