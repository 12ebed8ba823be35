with

genres as (

    select * from {{ ref('stg_tmdb__genres') }}

),

keyed as (

    select
        media_type || '|' || genre_id as tmdb_genre_id,
        media_type,
        genre_id,
        genre_name
    from genres

)

select * from keyed
