-- Which items are one title, by one kind of identity after another, the surest first.
-- Titles that share one are united, unless that made a title with two different ids of
-- one provider: a differing id is a veto, whatever else agrees. Whole titles are united,
-- and each has one id of a provider at most, so that no order of rows matters and one
-- pass is enough.
{% set ids = ids_of_titles() %}
{% set all_rows = 'rows between unbounded preceding and unbounded following' %}
{{ config(materialized='table', post_hook=index_on(['item_id'])) }}

with

items as (

    select * from {{ ref('int_items_identified') }}

),

title_overrides as (

    select * from {{ ref('title_overrides') }}

),

-- What a person has parted is a title of its own, whatever its columns say.
linked_by_nothing as (

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
    from items
    where item_id not in (
        select title_overrides.item_id from title_overrides
        where
            title_overrides.decision = 'part'
            and title_overrides.item_id is not null
    )

),

{% set before = namespace(step='nothing') %}
{% for step in ['path'] + ids + ['name'] %}

compared_by_{{ step }} as (

    select
        *,
        min(first_item_id) over (partition by {{ step }} {{ all_rows }})
            as lowest_item_id,
        {{ step }} is not null
        and min(first_item_id) over (partition by {{ step }} {{ all_rows }})
        < max(first_item_id) over (partition by {{ step }} {{ all_rows }})
        {% for id in ids + (['series_year'] if step == 'name' else []) if id != step %}
            and coalesce(
                min({{ id }}) over (partition by {{ step }} {{ all_rows }})
                = max({{ id }}) over (partition by {{ step }} {{ all_rows }}),
                true
            )
        {% endfor %}
        {% if step == 'name' %}
            -- Runtimes within 5 % of each other.
            and coalesce(
                max(longest_seconds) over (partition by {{ step }} {{ all_rows }})
                * 100
                <= min(shortest_seconds) over (partition by {{ step }} {{ all_rows }})
                * 105,
                true
            )
        {% endif %}
            as is_united
    from linked_by_{{ before.step }}

),

moved_by_{{ step }} as (

    select
        item_id,
        case when is_united then lowest_item_id else first_item_id end
            as first_item_id,
        coalesce(match_rule, case when is_united then '{{ step }}' end) as match_rule,
        {% for id in ids %}
            {{ id }},
        {% endfor %}
        name,
        series_year,
        shortest_seconds,
        longest_seconds
    from compared_by_{{ step }}

),

-- What is known of one item of a title is known of all.
linked_by_{{ step }} as (

    select
        item_id,
        first_item_id,
        match_rule,
        {% for id in ids %}
            max({{ id }}) over (partition by first_item_id {{ all_rows }}) as {{ id }},
        {% endfor %}
        min(name) over (partition by first_item_id {{ all_rows }}) as name,
        max(series_year) over (partition by first_item_id {{ all_rows }})
            as series_year,
        min(shortest_seconds) over (partition by first_item_id {{ all_rows }})
            as shortest_seconds,
        max(longest_seconds) over (partition by first_item_id {{ all_rows }})
            as longest_seconds
    from moved_by_{{ step }}

),

{% set before.step = step %}
{% endfor %}

linked as (

    select
        item_id,
        first_item_id,
        match_rule
    from linked_by_{{ before.step }}

)

select * from linked
