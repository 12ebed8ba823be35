{{ config(meta={'made_of': 'library'}) }}

with

library_items as (

    select * from {{ ref('library_items') }}

),

item_provider_ids as (

    select * from {{ ref('stg_emby__item_provider_ids') }}

),

-- The case of a provider's name varies within one server, even within one item.
lower_cased as (

    select
        item_id,
        {{ lower_ascii('provider') }} as provider,
        min(provider_item_id) as provider_item_id
    from item_provider_ids
    where not {{ is_blank('provider_item_id') }}
    group by item_id, {{ lower_ascii('provider') }}

),

in_library as (

    select
        {{ concatenated_key(['lower_cased.item_id', 'lower_cased.provider']) }}
            as item_provider_id,
        lower_cased.item_id,
        lower_cased.provider,
        lower_cased.provider_item_id
    from lower_cased
    inner join library_items
        on lower_cased.item_id = library_items.item_id

)

select * from in_library
