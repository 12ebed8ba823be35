{{
    config(
        materialized='table',
        meta={'made_of': 'library'},
        post_hook=index_on(['item_id'])
    )
}}

with

item_genres as (

    select * from {{ ref('int_item_genres_identified') }}

),

-- Two names of an item can lead to one id.
deduplicated as (

    select
        {{ concatenated_key(['item_id', 'genre_id']) }} as item_genre_id,
        item_id,
        genre_id,
        min(genre_name) as genre_name,
        genre_id_source,
        is_inherited_from_series
    from item_genres
    group by
        item_id,
        genre_id,
        genre_id_source,
        is_inherited_from_series

)

select * from deduplicated
