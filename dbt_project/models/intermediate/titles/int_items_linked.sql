-- Which items are one title, by one kind of identity after another, the surest first.
-- Titles that share one are united, unless that made a title with two ids of one
-- provider: a differing id is a veto, whatever else agrees. Whole titles are united,
-- and each has one id of a provider at most: so no order of rows matters, and one pass
-- is enough.
{{ config(materialized='table', post_hook=index_on(['item_id'])) }}

with

items as (

    select * from {{ ref('int_items_identified') }}

),

title_overrides as (

    select * from {{ ref('title_overrides') }}

),

-- What a person has parted is a title of its own, whatever its columns say.
not_parted as (

    select * from items
    where item_id not in (
        select title_overrides.item_id from title_overrides
        where
            title_overrides.decision = 'part'
            and title_overrides.item_id is not null
    )

),

{% set ids = ids_of_titles() %}
{% set steps = ['path'] + ids + ['name'] %}

-- Most items share nothing with another: none of the steps can link them. Materialized,
-- because DuckDB plans for seconds where this is planned with all that follows.
linked_by_nothing as {{ materialized() }} (

    select
        item_id,
        item_id as first_item_id,
        cast(null as {{ dbt.type_string() }}) as match_rule,
        path,
        {% for id in ids %}
            {{ id }},
        {% endfor %}
        name,
        series_year,
        film_runtime_seconds as shortest_seconds,
        film_runtime_seconds as longest_seconds
    from not_parted
    where
        {% for step in steps %}
            {{ 'or ' if not loop.first }}{{ step }} in (
                select shared.{{ step }} from not_parted as shared
                where shared.{{ step }} is not null
                group by shared.{{ step }}
                having count(*) > 1
            )
        {% endfor %}

),

{% for step in steps %}
    {{ titles_linked_by(step, after=loop.previtem | default('nothing')) }},

{% endfor %}

-- And those that share nothing with another. `not in`, because SQLite would join
-- without an index.
linked as (

    select
        item_id,
        match_rule,
        first_item_id
    from linked_by_name

    union all

    select
        item_id,
        null as match_rule,
        item_id as first_item_id
    from not_parted
    where item_id not in (
        select linked_by_nothing.item_id from linked_by_nothing
    )

)

select * from linked
