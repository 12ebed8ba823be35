{{ config(materialized='table') }}

with

timezone_offsets as (

    select * from {{ ref('stg_extract__timezone_offsets') }}

),

watch_events as (

    select * from {{ ref('int_watch_events_sessionized') }}

),

history as (

    select
        min(started_epoch_seconds) as first_started_epoch_seconds,
        max(ended_epoch_seconds) as last_ended_epoch_seconds
    from watch_events

),

report_zone as (

    select
        utc_offset_seconds,
        {{ epoch_seconds('utc_from') }} as from_epoch_seconds,
        {{ epoch_seconds('utc_until') }} as until_epoch_seconds
    from timezone_offsets
    where is_report_zone

),

-- A handful instead of hundreds: every event is compared with every stretch.
stretches_in_use as (

    select report_zone.*
    from report_zone
    inner join history
        on
            report_zone.until_epoch_seconds > history.first_started_epoch_seconds
            and report_zone.from_epoch_seconds <= history.last_ended_epoch_seconds

)

select * from stretches_in_use
