with

items as (

    select * from {{ ref('items') }}

),

item_titles as (

    select * from {{ ref('item_titles') }}

),

titles as (

    select * from {{ ref('titles') }}

),

counted as (

    select
        items.item_id,
        count(titles.title_id) as title_count
    from items
    left join item_titles
        on items.item_id = item_titles.item_id
    left join titles
        on item_titles.title_id = titles.title_id
    group by items.item_id

)

select * from counted
where title_count != 1
