with

observations as (

    select * from {{ ref('int_watch_event_observations_built') }}

),

user_items as (

    select * from {{ ref('int_user_items_played') }}
    where rejected_observation_count > 0

),

rejected as (

    select
        observations.observation_id,
        observations.event_id,
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
        observations.reason,

        observations.load_id,

        observations.played_at_local,
        observations.first_loaded_at
    from user_items
    inner join observations
        on
            user_items.user_id = observations.user_id
            and user_items.item_id = observations.item_id
    where observations.reason is not null

)

select * from rejected
