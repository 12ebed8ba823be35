-- Engines differ in what lower() makes of letters beyond ASCII, and have no CRC, so the
-- extractor says both of every spelling that it meets.
{{ config(materialized='table', meta={'made_of': 'library'}) }}

with

item_genres as (

    select * from {{ ref('stg_emby__item_genres') }}

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

spellings as (

    select genre_name as spelling from item_genres
    union
    select tag_name as spelling from item_tags

),

named as (

    select
        spellings.spelling,
        coalesce(name_spellings.name, {{ lower_ascii('spellings.spelling') }}) as name
    from spellings
    left join name_spellings
        on spellings.spelling = name_spellings.spelling

),

hashed as (

    select
        named.spelling,
        named.name,
        name_hashes.hash_id
    from named
    left join name_hashes
        on named.name = name_hashes.name

)

select * from hashed
