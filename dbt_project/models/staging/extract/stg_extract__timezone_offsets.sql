with

timezone_offsets as (

    select * from {{ source('extract', 'raw_timezone_offsets') }}

),

renamed as (

    select
        zone,
        utc_offset_seconds,
        is_report_zone <> 0 as is_report_zone,
        utc_from,
        utc_until,
        local_from,
        local_until
    from timezone_offsets

)

select * from renamed
