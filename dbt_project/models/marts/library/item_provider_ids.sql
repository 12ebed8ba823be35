{{ config(meta={'made_of': 'library'}) }}

with

library_items as (

    select * from {{ ref('library_items') }}

),

item_provider_ids as (

    select * from {{ ref('int_item_provider_ids_unique') }}

),

in_library as (

    select
        {{ concatenated_key([
            'item_provider_ids.item_id', 'item_provider_ids.provider'
        ]) }} as item_provider_id,
        item_provider_ids.item_id,
        item_provider_ids.provider,
        item_provider_ids.provider_item_id
    from item_provider_ids
    inner join library_items
        on item_provider_ids.item_id = library_items.item_id

)

select * from in_library
