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

-- A tag that is listed with and without Emby's id is one tag.
named as (

    select
        item_tags.item_id,
        coalesce(name_spellings.name, lower(item_tags.tag_name)) as name,
        min(item_tags.tag_name) as tag_name,
        min(item_tags.emby_tag_id) as emby_tag_id
    from item_tags
    left join name_spellings
        on item_tags.tag_name = name_spellings.spelling
    group by
        item_tags.item_id,
        coalesce(name_spellings.name, lower(item_tags.tag_name))

),

identified as (

    select
        named.item_id,
        coalesce(named.emby_tag_id, cast(name_hashes.hash_id as text)) as tag_id,
        min(named.tag_name) as tag_name
    from named
    left join name_hashes
        on named.name = name_hashes.name
    group by
        named.item_id,
        coalesce(named.emby_tag_id, cast(name_hashes.hash_id as text))

),

in_library as (

    select
        identified.item_id || '|' || identified.tag_id as item_tag_id,
        identified.item_id,
        identified.tag_id,
        identified.tag_name
    from identified
    inner join library_items
        on identified.item_id = library_items.item_id

)

select * from in_library
