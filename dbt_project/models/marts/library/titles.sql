with

item_titles as (

    select * from {{ ref('item_titles') }}

),

items as (

    select * from {{ ref('items') }}

),

-- Described by the item that the library has, of several by the one added last.
ranked as (

    select
        item_titles.title_id,
        items.*,
        count(*) over (
            partition by item_titles.title_id
            rows between unbounded preceding and unbounded following
        ) as item_count,
        row_number() over (
            partition by item_titles.title_id
            order by
                items.is_in_library desc,
                case when items.added_at is null then 1 else 0 end asc,
                items.added_at desc,
                items.item_id desc
            rows between unbounded preceding and current row
        ) as item_rank
    from item_titles
    inner join items
        on item_titles.item_id = items.item_id

),

described as (

    select
        title_id,
        item_id,
        series_id,

        item_type,
        item_name as title_name,
        series_name,

        season_number,
        episode_number,
        production_year,
        runtime_seconds,
        item_count,

        is_in_library
    from ranked
    where item_rank = 1

)

select * from described
