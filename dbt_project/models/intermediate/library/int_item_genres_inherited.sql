with

items as (

    select * from {{ ref('stg_emby__items') }}

),

item_genres as (

    select * from {{ ref('stg_emby__item_genres') }}

),

own as (

    select
        items.item_id,
        items.item_type,
        item_genres.genre_name,
        false as is_inherited_from_series
    from items
    inner join item_genres
        on items.item_id = item_genres.item_id

),

inherited as (

    select
        items.item_id,
        items.item_type,
        series_genres.genre_name,
        true as is_inherited_from_series
    from items
    inner join item_genres as series_genres
        on items.series_id = series_genres.item_id
    left join item_genres as own_genres
        on items.item_id = own_genres.item_id
    where
        items.item_type = 'Episode'
        and own_genres.item_id is null

),

unioned as (

    select * from own
    union all
    select * from inherited

)

select * from unioned
