-- Append-only input: an incremental build reads only the loads after the last complete
-- build. The extractor may append while a build runs: the events of every model after
-- this one are of the loads that were there when the build began.
{{
    config(
        materialized='incremental',
        unique_key=[
            'user_id',
            'item_id',
            'played_at_second',
            'source',
            'played_at_local',
            'play_duration_seconds',
            'pause_duration_seconds'
        ]
    )
}}

with

-- Materialized, here and below: otherwise SQLite inlines the CTE and evaluates its
-- expressions again wherever they are read.
watch_event_observations as {{ materialized() }} (

    select * from {{ ref('int_watch_event_observations_measured') }}
    where load_id <= {{ last_load_taken_up() }}
    {% if is_incremental() %}
        and (load_id = 0 or load_id > {{ last_load_built() }})
    {% endif %}

),

started as {{ materialized() }} (

    select
        *,
        case
            when {{ is_wall_time('played_at_second') }}
                then
                    {{ epoch_seconds('played_at_second') }}
                    - {{ latest('utc_offset_seconds',
                        of=ref('int_server_clock_offsets'),
                        since='local_from',
                        at='played_at_second') }}
        end as started_epoch_seconds
    from watch_event_observations

),

checked as (

    select
        user_id,
        item_id,

        source,
        item_name,
        item_type,
        play_duration_seconds,
        pause_duration_seconds,
        {{ why_it_is_unusable() }} as reason,

        watched_seconds,
        paused_seconds,
        load_id,
        started_epoch_seconds,

        played_at_local,
        played_at_second
    from started

)

select * from checked
