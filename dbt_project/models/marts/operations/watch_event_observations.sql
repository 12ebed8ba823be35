{{ config(materialized='view') }}

with

of_the_plugin as (

    select * from {{ ref('int_watch_event_observations_judged') }}

),

imported as (

    select * from {{ ref('int_imported_observations_judged') }}

),

united as (

    select * from of_the_plugin

    union all

    select
        observation_id,
        event_id,
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
        null as transcode_reasons,
        play_duration_seconds,
        pause_duration_seconds,
        status,
        reason,

        watched_seconds,
        load_id,

        played_at_local,
        started_epoch_seconds,
        first_loaded_at
    from imported

),

described as (

    select
        observation_id,
        event_id,
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
        status,
        reason,

        watched_seconds,
        load_id,

        {{ timestamp_at('started_epoch_seconds') }} as started_at,
        played_at_local,
        first_loaded_at
    from united

)

select * from described
