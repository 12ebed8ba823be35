{{ config(meta={'made_of': 'library'}) }}

with

library_items as (

    select * from {{ ref('library_items') }}

),

item_genres as (

    select * from {{ ref('int_item_genres_unique') }}

),

in_library as (

    select
        item_genres.item_genre_id,
        item_genres.item_id,
        item_genres.genre_id,
        item_genres.genre_name,
        item_genres.genre_id_source,
        item_genres.is_inherited_from_series
    from item_genres
    inner join library_items
        on item_genres.item_id = library_items.item_id

)

select * from in_library
