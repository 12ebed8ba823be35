with

observations as (

    select
        user_id,
        item_id,

        source,
        item_name,
        item_type,
        coalesce(play_duration_seconds, '') as play_duration_seconds,
        coalesce(pause_duration_seconds, '') as pause_duration_seconds,

        -- Rows without one were inserted by hand; with 0, every build reads them.
        coalesce(load_id, 0) as load_id,

        played_at_local,
        first_loaded_at
    from {{ ref('stg_emby__watch_event_observations') }}

),

measured as (

    select
        *,
        case
            when {{ is_whole_number('play_duration_seconds') }}
                then {{ as_integer('play_duration_seconds') }}
        end as play_seconds,
        case
            when {{ is_whole_number('pause_duration_seconds') }}
                then {{ as_integer('pause_duration_seconds') }}
        end as pause_seconds,
        source in ('query', 'backup') as includes_pause,
        -- Sources differ in whether they tell the fraction of a second.
        case
            when substr(played_at_local, 20, 1) in ('', '.')
                then substr(played_at_local, 1, 19)
            else played_at_local
        end as played_at_second
    from observations

),

without_pause as (

    select
        user_id,
        item_id,

        source,
        item_name,
        item_type,
        play_duration_seconds,
        pause_duration_seconds,

        case
            when includes_pause then play_seconds - coalesce(pause_seconds, 0)
            else play_seconds
        end as watched_seconds,
        -- The plugin counts in 32 bits: other values are treated as null.
        case
            when pause_seconds between 0 and 2147483647 then pause_seconds
        end as paused_seconds,
        load_id,

        played_at_local,
        played_at_second,
        first_loaded_at
    from measured

)

select * from without_pause
