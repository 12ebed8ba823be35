with

items as (

    select * from {{ source('emby', 'raw_emby_items') }}

),

members as (

    select
        items.item_id,
        {{ json_member_name('provider') }} as provider,
        {{ json_member_text('provider') }} as provider_item_id
    from items
    cross join {{ json_members('items.payload', 'ProviderIds', 'provider') }}

),

named as (

    select * from members
    where provider is not null

)

select * from named
