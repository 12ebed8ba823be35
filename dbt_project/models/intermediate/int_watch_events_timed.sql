with

watch_events as (

    select * from {{ ref('int_watch_events_checked') }}

),

server_clock_offsets as (

    select * from {{ ref('int_server_clock_offsets') }}

),

valid as (

    select
        event_id,
        user_id,
        item_id,
        cast(duration_seconds as integer) as watched_seconds,
        played_at_local
    from watch_events
    where reason is null

),

-- A left join: an event that no stretch covers must fail loudly, not vanish.
started as (

    select
        valid.event_id,
        valid.user_id,
        valid.item_id,
        valid.watched_seconds,
        valid.played_at_local,
        {{ epoch_seconds('valid.played_at_local') }}
        - server_clock_offsets.utc_offset_seconds as started_epoch_seconds
    from valid
    left join server_clock_offsets
        on
            valid.played_at_local >= server_clock_offsets.local_from
            and valid.played_at_local < server_clock_offsets.local_until

),

ended as (

    select
        *,
        started_epoch_seconds + watched_seconds as ended_epoch_seconds
    from started

)

select * from ended
