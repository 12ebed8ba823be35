with

item_genres as (

    select * from {{ ref('int_item_genres_inherited') }}

),

names as (

    select * from {{ ref('int_names_hashed') }}

),

tmdb_genres as (

    select
        media_type,
        genre_id,
        genre_name,
        {{ lower_ascii('genre_name') }} as name
    from {{ ref('stg_tmdb__genres') }}

),

named as (

    select
        item_genres.item_id,
        item_genres.item_type,
        item_genres.is_inherited_from_series,
        names.name,
        names.hash_id,
        min(item_genres.genre_name) as genre_name
    from item_genres
    inner join names
        on item_genres.genre_name = names.spelling
    group by
        item_genres.item_id,
        item_genres.item_type,
        item_genres.is_inherited_from_series,
        names.name,
        names.hash_id

),

with_candidates as (

    select
        named.*,
        movie_genres.genre_id as movie_genre_id,
        movie_genres.genre_name as movie_genre_name,
        tv_genres.genre_id as tv_genre_id,
        tv_genres.genre_name as tv_genre_name
    from named
    left join tmdb_genres as movie_genres
        on
            named.name = movie_genres.name
            and movie_genres.media_type = 'movie'
    left join tmdb_genres as tv_genres
        on
            named.name = tv_genres.name
            and tv_genres.media_type = 'tv'

),

identified as (

    select
        item_id,
        case
            when item_type = 'Movie'
                then coalesce(movie_genre_id, tv_genre_id, hash_id)
            else coalesce(tv_genre_id, movie_genre_id, hash_id)
        end as genre_id,
        case
            when item_type = 'Movie'
                then coalesce(movie_genre_name, tv_genre_name, genre_name)
            else coalesce(tv_genre_name, movie_genre_name, genre_name)
        end as genre_name,
        case
            when movie_genre_id is null and tv_genre_id is null then 'hash'
            else 'tmdb'
        end as genre_id_source,
        is_inherited_from_series
    from with_candidates

)

select * from identified
