{#
    The common table expressions that unite titles by one kind of identity. For the
    model int_items_linked alone: `step` is a column of int_items_identified, `after`
    the step before, whose `linked_by_` it reads.
#}
{% macro titles_linked_by(step, after) -%}
{%- set ids = ids_of_titles() -%}
{%- set all_rows = 'rows between unbounded preceding and unbounded following' -%}
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
            and coalesce(
                max(longest_seconds) over (partition by {{ step }} {{ all_rows }})
                * 100
                <= min(shortest_seconds) over (partition by {{ step }} {{ all_rows }})
                * (100 + {{ var('same_film_runtime_tolerance_percent') }}),
                true
            )
        {% endif %}
            as is_united
    from linked_by_{{ after }}

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

)
{%- endmacro %}
