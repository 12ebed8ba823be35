{{ config(materialized='table', post_hook=index_on(['local_from'])) }}

with

server_clock as (

    select * from {{ ref('stg_extract__server_clock') }}

),

timezone_offsets as (

    select * from {{ ref('stg_extract__timezone_offsets') }}

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
        end as local_from
    from eras
    inner join timezone_offsets
        on
            eras.zone = timezone_offsets.zone
            and eras.local_from < timezone_offsets.local_until
            and eras.local_until > timezone_offsets.local_from

)

select * from stretches
