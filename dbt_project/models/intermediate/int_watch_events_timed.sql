with

watch_events as (

    select * from {{ ref('int_watch_events_started') }}

),

ended as (

    select
        user_item_number,
        watched_seconds,
        paused_seconds,
        played_at_local,
        started_epoch_seconds,
        started_epoch_seconds + watched_seconds + coalesce(paused_seconds, 0)
            as ended_epoch_seconds
    from watch_events

)

select * from ended
