{{ config(materialized='table') }}

with

server_clock as (

    select * from {{ ref('stg_extract__server_clock') }}

),

timezone_offsets as (

    select * from {{ ref('stg_extract__timezone_offsets') }}

),

watch_events as (

    select * from {{ ref('int_watch_events_checked') }}

),

eras as (

    select
        zone,
        valid_from_local as local_from,
        lead(valid_from_local, 1, '9999-12-31 23:59:59') over (
            order by valid_from_local
        ) as local_until
    from server_clock

),

-- The stretches of each era's zone, cut to the era.
stretches as (

    select
        eras.zone,
        timezone_offsets.utc_offset_seconds,
        case
            when timezone_offsets.local_from > eras.local_from
                then timezone_offsets.local_from
            else eras.local_from
        end as local_from,
        case
            when timezone_offsets.local_until < eras.local_until
                then timezone_offsets.local_until
            else eras.local_until
        end as local_until
    from eras
    inner join timezone_offsets
        on
            eras.zone = timezone_offsets.zone
            and eras.local_from < timezone_offsets.local_until
            and eras.local_until > timezone_offsets.local_from

),

history as (

    select
        min(played_at_local) as first_played_at_local,
        max(played_at_local) as last_played_at_local
    from watch_events
    where reason is null

),

-- A handful instead of hundreds: every event is compared with every stretch.
stretches_in_use as (

    select stretches.*
    from stretches
    inner join history
        on
            stretches.local_until > history.first_played_at_local
            and stretches.local_from <= history.last_played_at_local

)

select * from stretches_in_use
