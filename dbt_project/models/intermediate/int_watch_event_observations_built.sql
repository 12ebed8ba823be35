-- The extractor may append while a build runs. A build takes up what was there when it
-- found out what is new, and every model after that sees the same observations.
with

observations as (

    select * from {{ ref('int_watch_event_observations_checked') }}

),

user_items as (

    select * from {{ ref('int_user_items_played') }}

),

built as (

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

        observations.watched_seconds,
        observations.paused_seconds,
        observations.load_id,
        observations.started_epoch_seconds,

        observations.played_at_local,
        observations.played_at_second,
        observations.first_loaded_at
    from observations
    where
        observations.load_id is null
        or observations.load_id <= (
            select coalesce(max(user_items.load_id), 0)
            from user_items
        )

)

select * from built
