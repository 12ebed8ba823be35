-- Every item in a group of those that are one title, by what identifies it or by hand.
{{ config(materialized='table', post_hook=index_on(['item_id'])) }}

with

items as (

    select * from {{ ref('int_items_identified') }}

),

items_linked as (

    select * from {{ ref('int_items_linked') }}

),

title_overrides as (

    select * from {{ ref('title_overrides') }}

),

links as (

    select
        item_id,
        other_item_id
    from title_overrides
    where decision = 'link'

),

titled as (

    select
        items.item_id,
        items.item_type,
        {% for id in ids_of_titles() %}
            items.{{ id }},
        {% endfor %}
        items.name,
        case
            when links.item_id is not null
                then coalesce(targets.first_item_id, links.other_item_id)
            else coalesce(items_linked.first_item_id, items.item_id)
        end as first_item_id,
        case
            when links.item_id is not null or items_linked.item_id is null
                then 'override'
            else coalesce(items_linked.match_rule, 'item')
        end as match_rule
    from items
    left join items_linked
        on items.item_id = items_linked.item_id
    left join links
        on items.item_id = links.item_id
    left join items_linked as targets
        on links.other_item_id = targets.item_id

)

select * from titled
