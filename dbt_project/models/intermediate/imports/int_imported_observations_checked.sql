-- One row per play as another program told it, with the user who that is, its start in
-- UTC, and the reason why it cannot be used, if there is one.
{{ config(materialized='table') }}

with

plays as (

    select * from {{ ref('int_imported_plays_united') }}
    where coalesce(load_id, 0) <= {{ last_load_taken_up() }}

),

people as (

    select * from {{ ref('int_imported_users_identified') }}

),

on_the_servers_clock as {{ materialized() }} (

    select
        row_hash,
        user_id,
        item_id,
        source,
        play_duration_seconds,
        case
            when {{ is_wall_time('started_local') }}
                then {{ epoch_seconds('started_local') }}
        end as local_epoch_seconds
    from plays
    where source in ('jellystat_plugin', 'jellystat_copy')

),

-- Copies of rows that are here too: of the same length, and whole hours beside them.
copies as (

    select distinct played.row_hash
    from on_the_servers_clock as played
    inner join on_the_servers_clock as plugin_rows
        on
            played.user_id = plugin_rows.user_id
            and played.item_id = plugin_rows.item_id
            and played.play_duration_seconds = plugin_rows.play_duration_seconds
    where
        played.source = 'jellystat_copy'
        and plugin_rows.source = 'jellystat_plugin'
        and abs(played.local_epoch_seconds - plugin_rows.local_epoch_seconds)
        <= 14 * 3600
        and (played.local_epoch_seconds - plugin_rows.local_epoch_seconds) % 3600 = 0

),

identified as (

    select
        plays.source || '|' || plays.row_hash as observation_id,
        plays.play_id,
        coalesce(people.user_id, plays.user_id, '') as user_id,
        coalesce(plays.item_id, '') as item_id,

        plays.source,
        plays.user_name,
        plays.item_name,
        plays.item_type,
        plays.remote_address,
        plays.playback_method,
        plays.client_name,
        plays.device_name,
        coalesce(plays.play_duration_seconds, '') as play_duration_seconds,
        coalesce(plays.pause_duration_seconds, '') as pause_duration_seconds,

        plays.load_id,
        copies.row_hash is not null as is_copy,

        coalesce(plays.told_at, '') as played_at_local,
        plays.started_at,
        plays.started_local,
        plays.first_loaded_at
    from plays
    left join copies
        on
            plays.source = 'jellystat_copy'
            and plays.row_hash = copies.row_hash
    left join people
        on
            plays.user_id = people.imported_user_id
            and people.program
            = case
                when plays.source like 'jellystat%' then 'jellystat'
                else plays.source
            end

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
    from identified

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
