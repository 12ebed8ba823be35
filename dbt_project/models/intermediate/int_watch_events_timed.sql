with

watch_events as (

    select * from {{ ref('int_watch_events_started') }}

),

ended as (

    select
        user_item_number,
        source,
        play_duration_seconds,
        pause_duration_seconds,
        observation_count,
        watched_seconds,
        paused_seconds,
        played_at_local,
        played_at_second,
        started_epoch_seconds,
        started_epoch_seconds + watched_seconds + coalesce(paused_seconds, 0)
            as ended_epoch_seconds
    from watch_events

)

select * from ended
