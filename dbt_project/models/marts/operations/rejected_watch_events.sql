with

checked as (

    select * from {{ ref('int_watch_event_observations_checked') }}
    where reason is not null

),

observations as not materialized (

    select * from {{ ref('stg_emby__watch_event_observations') }}

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
        on
            checked.user_id = observations.user_id
            and checked.item_id = observations.item_id
            and checked.played_at_local = observations.played_at_local
            and checked.source = observations.source
            and checked.play_duration_seconds
            = coalesce(observations.play_duration_seconds, '')
            and checked.pause_duration_seconds
            = coalesce(observations.pause_duration_seconds, '')

)

select * from rejected
