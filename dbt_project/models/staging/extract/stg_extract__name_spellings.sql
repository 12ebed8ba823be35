with

name_spellings as (

    select * from {{ source('extract', 'raw_name_spellings') }}

),

renamed as (

    select
        spelling,
        name
    from name_spellings

)

select * from renamed
