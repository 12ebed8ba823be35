{{ config(materialized='incremental', unique_key=['user_id', 'item_id']) }}

with

checked as (

    select * from {{ ref('int_watch_event_observations_checked') }}
    {{ only_of(ref('int_user_items_observed')) }}

),

-- Not materialized: looked up by the observation's full key.
observations as {{ materialized(false) }} (

    select * from {{ ref('stg_emby__watch_event_observations') }}

),

imported as (

    select * from {{ ref('int_imported_observations_judged') }}

),

rejected as (

    select
        observations.observation_id,
        {{ concatenated_key([
            'checked.user_id', 'checked.item_id', 'checked.played_at_second'
        ]) }} as event_id,
        observations.user_id,
        observations.item_id,

        observations.source,
        observations.user_name,
        observations.item_name,
        observations.item_type,
        observations.remote_address,
        observations.playback_method,
        observations.client_name,
        observations.device_name,
        observations.transcode_reasons,
        observations.play_duration_seconds,
        observations.pause_duration_seconds,
        checked.reason,

        observations.load_id,

        observations.played_at_local,
        observations.first_loaded_at
    from checked
    inner join observations
        on {{ same_observation('checked', 'observations') }}
    where checked.reason is not null

),

unioned as (

    select * from rejected

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
        reason,

        load_id,

        played_at_local,
        first_loaded_at
    from imported
    where status = 'rejected'

)

select * from unioned
