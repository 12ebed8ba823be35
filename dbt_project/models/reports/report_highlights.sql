-- What stands out in a year, of each user and of the household, where `viewer_id` is
-- empty. The household's first is that of any user, and so with the most episodes.
{{ config(materialized='table') }}

with

first_and_last as (

    select * from {{ ref('highlights_first_and_last') }}

),

episodes_in_a_row as (

    select * from {{ ref('highlights_episodes_in_a_row') }}

),

longest_evenings as (

    select * from {{ ref('highlights_longest_evenings') }}

),

seen_again as (

    select * from {{ ref('highlights_seen_again') }}

),

watched_together as (

    select * from {{ ref('highlights_watched_together') }}

),

of_users as (

    {% for relation in ['first_and_last', 'episodes_in_a_row'] %}
        select
            viewer_id,
            viewer_name,
            year,
            highlight,
            what,
            unit,
            amount,
            highest
        from {{ relation }}
        {{ 'union all' if not loop.last }}
    {% endfor %}

),

of_household as (

    select
        '' as viewer_id,
        'Everybody' as viewer_name,
        year,
        highlight,
        what,
        unit,
        amount,
        highest
    from of_users

),

highest_of_household as (

    {{ highest_of_each_year('of_household') }}

),

united as (

    {% for relation in [
        'of_users',
        'highest_of_household',
        'longest_evenings',
        'seen_again',
        'watched_together',
    ] %}
        select
            viewer_id,

            viewer_name,
            year,
            highlight,
            what,
            unit,

            amount
        from {{ relation }}
        {{ 'union all' if not loop.last }}
    {% endfor %}

)

select * from united
