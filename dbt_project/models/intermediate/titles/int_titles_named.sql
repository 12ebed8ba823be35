-- The id of a title is what identifies it, so that it is the same wherever the tables
-- are built: its first id, else its name, if no other title has the same; else all its
-- ids; else its first item besides.
{{ config(materialized='table', post_hook=index_on(['first_item_id'])) }}

with

items as (

    select * from {{ ref('int_items_titled') }}

),

{% set ids = ids_of_titles() %}

titles as (

    select
        first_item_id,
        min(item_id) as lowest_item_id,
        min(item_type) as item_type,
        {% for id in ids %}
            min({{ id }}) as {{ id }},
        {% endfor %}
        min(name) as name
    from items
    group by first_item_id

),

described as (

    select
        first_item_id,
        {{ lower_ascii("coalesce(item_type, 'item')") }} || '/item/' || lowest_item_id
            as item_title_id,
        coalesce({{ ids | join(', ') }}, name) as short_title_id,
        coalesce(film_tmdb_id || ' ', '')
        || coalesce(film_imdb_id || ' ', '')
        || coalesce(series_tvdb_id || ' ', '')
        || coalesce(series_tmdb_id || ' ', '')
        || coalesce(series_imdb_id || ' ', '')
        || coalesce(episode_tvdb_id || ' ', '')
        || coalesce(episode_imdb_id || ' ', '') as long_title_id
    from titles

),

counted as (

    select
        *,
        count(*) over (
            partition by short_title_id
            rows between unbounded preceding and unbounded following
        ) as short_title_count,
        count(*) over (
            partition by long_title_id
            rows between unbounded preceding and unbounded following
        ) as long_title_count
    from described

),

named as (

    select
        first_item_id,
        case
            when short_title_id is null then item_title_id
            when short_title_count = 1 then short_title_id
            when long_title_id = '' then short_title_id || ' ' || item_title_id
            when long_title_count = 1 then trim(long_title_id)
            else trim(long_title_id) || ' ' || item_title_id
        end as title_id
    from counted

)

select * from named
