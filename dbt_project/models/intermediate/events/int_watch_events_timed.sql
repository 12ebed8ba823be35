with

watch_events as (

    select * from {{ ref('int_watch_events_started') }}

),

ended as (

    select
        watch_events.user_id,
        watch_events.item_id,

        watch_events.source,
        watch_events.play_duration_seconds,
        watch_events.pause_duration_seconds,

        watch_events.observation_count,
        watch_events.watched_seconds,
        watch_events.paused_seconds,
        watch_events.started_epoch_seconds,
        {{ ended_epoch_seconds('watch_events') }} as ended_epoch_seconds,

        watch_events.played_at_local,
        watch_events.played_at_second
    from watch_events

)

select * from ended
