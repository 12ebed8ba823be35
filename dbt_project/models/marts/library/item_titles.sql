{{ config(post_hook=[index_on(['item_id']), index_on(['title_id'])]) }}

with

items as (

    select * from {{ ref('int_items_titled') }}

),

titles as (

    select * from {{ ref('int_titles_named') }}

),

with_titles as (

    select
        items.item_id,
        titles.title_id,

        items.match_rule,

        case
            when items.match_rule in ('item', 'override') then 1.0
            when items.match_rule = 'path' then 0.98
            when items.match_rule in ('episode_tvdb_id', 'episode_imdb_id') then 0.9
            when items.match_rule = 'name' then 0.7
            else 0.95
        end as match_confidence
    from items
    inner join titles
        on items.first_item_id = titles.first_item_id

)

select * from with_titles
