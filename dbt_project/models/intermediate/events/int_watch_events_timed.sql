with

watch_events as (

    select * from {{ ref('int_watch_events_started') }}

),

ended as (

    select
        user_id,
        item_id,

        source,
        play_duration_seconds,
        pause_duration_seconds,

        observation_count,
        watched_seconds,
        paused_seconds,
        started_epoch_seconds,
        started_epoch_seconds + watched_seconds + coalesce(paused_seconds, 0)
            as ended_epoch_seconds,

        played_at_local,
        played_at_second
    from watch_events

)

select * from ended
