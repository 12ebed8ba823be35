{{ config(materialized='view') }}

with

observations as (

    select * from {{ ref('int_watch_event_observations_built') }}

),

user_items as (

    select * from {{ ref('int_user_items_described') }}

),

events as (

    select * from {{ ref('int_watch_events_started') }}

),

beside_the_used_one as (

    select
        observations.*,
        events.observation_count,
        events.watched_seconds as used_watched_seconds,
        events.paused_seconds as used_paused_seconds,
        observations.source = events.source
        and observations.played_at_local = events.played_at_local
        and observations.play_duration_seconds = events.play_duration_seconds
        and coalesce(observations.pause_duration_seconds, '')
        = coalesce(events.pause_duration_seconds, '') as is_used
    from observations
    left join user_items
        on
            observations.user_id = user_items.user_id
            and observations.item_id = user_items.item_id
    left join events
        on
            user_items.user_item_number = events.user_item_number
            and observations.played_at_second = events.played_at_second
            and observations.reason is null

),

judged as (

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
        case
            when reason is not null then 'rejected'
            when is_used then 'used'
            else 'superseded'
        end as status,
        case
            when reason is not null
                then reason
            when is_used and observation_count = 1
                then 'only_observation'
            when is_used
                then 'longest_observation'
            when watched_seconds < used_watched_seconds
                then 'shorter'
            when coalesce(paused_seconds, -1) < coalesce(used_paused_seconds, -1)
                then 'shorter_pause'
            else 'same_duration'
        end as reason,

        load_id,

        played_at_local,
        first_loaded_at
    from beside_the_used_one

)

select * from judged
