{{
    config(
        materialized='table',
        meta={'made_of': 'library'},
        post_hook=index_on(['item_id'])
    )
}}

with

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

)

select * from lower_cased
