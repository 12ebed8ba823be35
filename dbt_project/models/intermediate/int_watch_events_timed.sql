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
        -- Null where the source does not tell; what is no count of seconds is no
        -- pause.
        case
            when
                {{ is_whole_number('pause_seconds') }}
                and cast(pause_seconds as integer) between 0 and 2147483647
                then cast(pause_seconds as integer)
        end as paused_seconds,
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
        valid.paused_seconds,
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
        started_epoch_seconds + watched_seconds + coalesce(paused_seconds, 0)
            as ended_epoch_seconds
    from started

)

select * from ended
