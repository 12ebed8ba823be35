-- Observations are only ever appended, so that a build checks those of the loads that
-- the last complete build did not have. The extractor may append while a build runs:
-- the events of every model after this one are of the loads that were there when the
-- build began.
{{
    config(
        materialized='incremental',
        unique_key=[
            'user_id',
            'item_id',
            'played_at_local',
            'source',
            'play_duration_seconds',
            'pause_duration_seconds'
        ]
    )
}}

with

observations as (

    select
        user_id,
        item_id,

        source,
        item_name,
        item_type,
        play_duration_seconds,
        pause_duration_seconds,

        -- Without the number of a load, somebody else than the extractor wrote it.
        coalesce(load_id, 0) as checked_load_id,

        played_at_local,
        first_loaded_at
    from {{ ref('stg_emby__watch_event_observations') }}

),

new as (

    select * from observations
    where checked_load_id <= {{ last_load_taken_up() }}
    {% if is_incremental() %}
        and (checked_load_id = 0 or checked_load_id > {{ last_load_built() }})
    {% endif %}

),

-- Materialized, here and below: SQLite would work an expression out again in every
-- place that reads it.
measured as materialized (

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
    from new

),

without_pause as materialized (

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

started as materialized (

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
        user_id,
        item_id,

        source,
        item_name,
        item_type,
        coalesce(play_duration_seconds, '') as play_duration_seconds,
        coalesce(pause_duration_seconds, '') as pause_duration_seconds,
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
            when
                started_epoch_seconds
                > {{ epoch_seconds('first_loaded_at') }} + 86400
                then 'future_time'
        end as reason,

        watched_seconds,
        paused_seconds,
        checked_load_id as load_id,
        started_epoch_seconds,

        played_at_local,
        played_at_second
    from started

)

select * from checked
