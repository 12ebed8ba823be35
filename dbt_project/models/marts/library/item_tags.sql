{{ config(meta={'made_of': 'library'}) }}

with

library_items as (

    select * from {{ ref('library_items') }}

),

item_tags as (

    select * from {{ ref('stg_emby__item_tags') }}

),

names as (

    select * from {{ ref('int_names_hashed') }}

),

named as (

    select
        item_tags.item_id,
        item_tags.emby_tag_id,
        names.name,
        names.hash_id,
        min(item_tags.tag_name) as tag_name
    from item_tags
    inner join names
        on item_tags.tag_name = names.spelling
    group by
        item_tags.item_id,
        item_tags.emby_tag_id,
        names.name,
        names.hash_id

),

-- A tag that is listed with and without Emby's id is one tag.
distinguished as (

    select
        named.item_id,
        named.hash_id,
        named.tag_name,
        named.emby_tag_id
    from named
    left join named as with_id
        on
            named.item_id = with_id.item_id
            and named.name = with_id.name
            and with_id.emby_tag_id is not null
    where
        named.emby_tag_id is not null
        or with_id.item_id is null

),

identified as (

    select
        distinguished.item_id,
        coalesce(
            distinguished.emby_tag_id,
            cast(distinguished.hash_id as {{ dbt.type_string() }})
        ) as tag_id,
        min(distinguished.tag_name) as tag_name
    from distinguished
    group by
        distinguished.item_id,
        coalesce(
            distinguished.emby_tag_id,
            cast(distinguished.hash_id as {{ dbt.type_string() }})
        )

),

in_library as (

    select
        {{ concatenated_key(['identified.item_id', 'identified.tag_id']) }}
            as item_tag_id,
        identified.item_id,
        identified.tag_id,
        identified.tag_name
    from identified
    inner join library_items
        on identified.item_id = library_items.item_id

)

select * from in_library
