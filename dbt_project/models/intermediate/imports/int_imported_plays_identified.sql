-- Whose play it is, of those that another program told, and whether it is a copy of one
-- of the plugin's rows that the same program kept.
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
        and {{ is_off_by_hours(
            'played.local_epoch_seconds', 'plugin_rows.local_epoch_seconds'
        ) }}

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
            and people.program = {{ program_of('plays.source') }}

)

select * from identified
