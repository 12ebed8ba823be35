with

items as (

    select * from {{ source('emby', 'raw_emby_items') }}

),

genre_items as (

    select
        items.item_id,
        {{ json_element_field('genre', 'Name') }} as genre_name
    from items
    cross join {{ json_elements('items.payload', 'GenreItems', 'genre') }}

),

genres as (

    select
        items.item_id,
        {{ json_element_text('genre') }} as genre_name
    from items
    cross join {{ json_elements('items.payload', 'Genres', 'genre') }}

),

-- A union, so that a name that both lists spell alike comes once.
unioned as (

    select * from genre_items
    union
    select * from genres

),

named as (

    select * from unioned
    where genre_name <> ''

)

select * from named
