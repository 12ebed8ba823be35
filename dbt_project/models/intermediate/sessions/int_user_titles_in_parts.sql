-- Users and items of titles of which the user has played several items: what was
-- deleted and added again, and other editions. Most titles are one item, and have its
-- numbers.
{{ config(materialized='table') }}

with

items as (

    select
        item_id,
        first_item_id
    from {{ ref('int_items_titled') }}

),

user_items as (

    select
        user_id,
        item_id,
        runtime_seconds
    from {{ ref('int_user_items_described') }}

),

titles_of_several as (

    select first_item_id
    from items
    group by first_item_id
    having count(*) > 1

),

played as (

    select
        user_items.user_id,
        user_items.item_id,
        items.first_item_id,
        user_items.runtime_seconds,
        count(*) over (
            partition by user_items.user_id, items.first_item_id
            rows between unbounded preceding and unbounded following
        ) as played_item_count
    from titles_of_several
    inner join items
        on titles_of_several.first_item_id = items.first_item_id
    inner join user_items
        on items.item_id = user_items.item_id

),

in_parts as (

    select
        user_id,
        item_id,
        first_item_id,
        runtime_seconds
    from played
    where played_item_count > 1

)

select * from in_parts
