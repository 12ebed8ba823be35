with

genres as (

    select * from {{ source('tmdb', 'raw_tmdb_genres') }}

),

renamed as (

    select
        media_type,
        genre_id,
        genre_name
    from genres

)

select * from renamed
