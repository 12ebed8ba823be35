{{ config(meta={'made_of': 'library'}) }}

with

library_items as (

    select * from {{ ref('library_items') }}

),

item_tags as (

    select * from {{ ref('stg_emby__item_tags') }}

),

name_spellings as (

    select * from {{ ref('stg_extract__name_spellings') }}

),

name_hashes as (

    select * from {{ ref('stg_extract__name_hashes') }}

),

named as (

    select
        item_tags.item_id,
        item_tags.emby_tag_id,
        coalesce(name_spellings.name, lower(item_tags.tag_name)) as name,
        min(item_tags.tag_name) as tag_name
    from item_tags
    left join name_spellings
        on item_tags.tag_name = name_spellings.spelling
    group by
        item_tags.item_id,
        item_tags.emby_tag_id,
        coalesce(name_spellings.name, lower(item_tags.tag_name))

),

-- A tag that is listed with and without Emby's id is one tag.
distinguished as (

    select
        named.item_id,
        named.name,
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
        coalesce(distinguished.emby_tag_id, cast(name_hashes.hash_id as text))
            as tag_id,
        min(distinguished.tag_name) as tag_name
    from distinguished
    left join name_hashes
        on distinguished.name = name_hashes.name
    group by
        distinguished.item_id,
        coalesce(distinguished.emby_tag_id, cast(name_hashes.hash_id as text))

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
