with

watched_items as (

    select * from {{ ref('int_watched_items_described') }}

),

item_genres as (

    select * from {{ ref('int_item_genres_unique') }}

),

watched as (

    select
        item_genres.item_genre_id,
        item_genres.item_id,
        item_genres.genre_id,
        item_genres.genre_name,
        item_genres.genre_id_source,
        item_genres.is_inherited_from_series,
        watched_items.is_in_library
    from item_genres
    inner join watched_items
        on item_genres.item_id = watched_items.item_id

)

select * from watched
