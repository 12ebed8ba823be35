with

title_overrides as (

    select * from {{ ref('title_overrides') }}

),

items as (

    select * from {{ ref('items') }}

),

links as (

    select * from title_overrides
    where decision = 'link'

),

faults as (

    select
        title_overrides.item_id,
        'no item has this id' as fault
    from title_overrides
    left join items
        on title_overrides.item_id = items.item_id
    where items.item_id is null

    union all

    select
        links.item_id,
        'it is linked to an item that nobody knows' as fault
    from links
    left join items
        on links.other_item_id = items.item_id
    where items.item_id is null

    union all

    select
        links.item_id,
        'it is linked to an item that is linked itself: name that one''s' as fault
    from links
    inner join links as targets
        on links.other_item_id = targets.item_id

)

select * from faults
