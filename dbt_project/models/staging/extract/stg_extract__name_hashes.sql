with

name_hashes as (

    select * from {{ source('extract', 'raw_name_hashes') }}

),

renamed as (

    select
        name,
        hash_id
    from name_hashes

)

select * from renamed
