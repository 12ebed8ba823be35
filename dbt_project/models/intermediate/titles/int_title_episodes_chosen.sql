-- The episodes of series as which a title counts: those of its items that the library
-- has, and where it has none the last one that it had.
{{ config(materialized='table', post_hook=index_on(['title_id'])) }}

with

items as (

    select * from {{ ref('int_items_titled') }}

),

titles as (

    select * from {{ ref('int_titles_named') }}

),

series_episodes as (

    select * from {{ ref('int_series_episodes_ordered') }}

),

-- Of ids that are counted up the longest is the highest.
ranked as (

    select
        titles.title_id,
        series_episodes.*,
        row_number() over (
            partition by titles.title_id
            order by
                series_episodes.is_in_library desc,
                length(series_episodes.item_id) desc,
                series_episodes.item_id desc
            rows between unbounded preceding and current row
        ) as item_rank
    from series_episodes
    inner join items
        on series_episodes.item_id = items.item_id
    inner join titles
        on items.first_item_id = titles.first_item_id

),

chosen as (

    select
        title_id,
        series_id,
        item_id,

        episode_code,

        case
            when is_in_order
                then row_number() over (
                    partition by series_id, is_in_order
                    order by season_number, last_episode_number, item_id
                    rows between unbounded preceding and current row
                )
        end as place_in_series
    from ranked
    where
        is_in_library
        or item_rank = 1

)

select * from chosen
