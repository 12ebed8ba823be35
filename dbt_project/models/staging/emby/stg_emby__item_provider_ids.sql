with

items as (

    select * from {{ source('emby', 'raw_emby_items') }}

),

members as (

    select
        items.item_id,
        {{ json_element_name('provider') }} as provider,
        {{ json_element_text('provider') }} as provider_item_id
    from items
    cross join {{ json_elements('items.payload', 'ProviderIds', 'provider') }}

)

select * from members
