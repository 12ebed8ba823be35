{{ config(materialized='incremental') }}

with

watch_events as (

    select * from {{ ref('int_watch_events_checked') }}
    {{ only_changed('user_id, item_id') }}

),

user_items as (

    select * from {{ ref('int_user_items_described') }}

),

-- A number instead of two ids, because long histories are sorted by it.
started as (

    select
        user_items.user_item_number,
        cast(watch_events.duration_seconds as integer) as watched_seconds,
        -- Null where the source does not tell; what is no count of seconds is no
        -- pause.
        case
            when
                {{ is_whole_number('watch_events.pause_seconds') }}
                and cast(watch_events.pause_seconds as integer)
                between 0 and 2147483647
                then cast(watch_events.pause_seconds as integer)
        end as paused_seconds,
        watch_events.played_at_local,
        {{ epoch_seconds('watch_events.played_at_local') }}
        - {{ latest('utc_offset_seconds',
            of=ref('int_server_clock_offsets'),
            since='local_from',
            at='watch_events.played_at_local') }}
            as started_epoch_seconds
    from watch_events
    inner join user_items
        on
            watch_events.user_id = user_items.user_id
            and watch_events.item_id = user_items.item_id
    where watch_events.reason is null

)

select * from started
