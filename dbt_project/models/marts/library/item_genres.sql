{{ config(meta={'made_of': 'library'}) }}

with

library_items as (

    select * from {{ ref('library_items') }}

),

identified as (

    select * from {{ ref('int_item_genres_identified') }}

),

-- Two names of an item can lead to one id.
in_library as (

    select
        {{ concatenated_key(['identified.item_id', 'identified.genre_id']) }}
            as item_genre_id,
        identified.item_id,
        identified.genre_id,
        min(identified.genre_name) as genre_name,
        identified.genre_id_source,
        identified.is_inherited_from_series
    from identified
    inner join library_items
        on identified.item_id = library_items.item_id
    group by
        identified.item_id,
        identified.genre_id,
        identified.genre_id_source,
        identified.is_inherited_from_series

)

select * from in_library
