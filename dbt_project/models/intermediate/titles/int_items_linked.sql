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
linked_by_nothing as (

    select
        item_id,
        item_id as first_item_id,
        cast(null as {{ dbt.type_string() }}) as match_rule,
        path,
        {% for id in ids_of_titles() %}
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

{{ titles_linked_by('path', after='nothing') }},

{{ titles_linked_by('film_tmdb_id', after='path') }},

{{ titles_linked_by('film_imdb_id', after='film_tmdb_id') }},

{{ titles_linked_by('series_tvdb_id', after='film_imdb_id') }},

{{ titles_linked_by('series_tmdb_id', after='series_tvdb_id') }},

{{ titles_linked_by('series_imdb_id', after='series_tmdb_id') }},

{{ titles_linked_by('episode_tvdb_id', after='series_imdb_id') }},

{{ titles_linked_by('episode_imdb_id', after='episode_tvdb_id') }},

{{ titles_linked_by('name', after='episode_imdb_id') }},

linked as (

    select
        item_id,
        first_item_id,
        match_rule
    from linked_by_name

)

select * from linked
