{{ config(materialized='table', post_hook=index_on(['from_epoch_seconds'])) }}

with

timezone_offsets as (

    select * from {{ ref('stg_extract__timezone_offsets') }}

),

report_zone as (

    select
        utc_offset_seconds,
        {{ epoch_seconds('utc_from') }} as from_epoch_seconds
    from timezone_offsets
    where is_report_zone

)

select * from report_zone
