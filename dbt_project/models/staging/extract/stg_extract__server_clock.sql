with

server_clock as (

    select * from {{ source('extract', 'raw_server_clock') }}

),

renamed as (

    select
        zone,
        valid_from_local
    from server_clock

)

select * from renamed
