with

items as (

    select * from {{ ref('stg_emby__items') }}

),

item_provider_ids as (

    select * from {{ ref('int_item_provider_ids_unique') }}

),

series as (

    select
        item_id as series_id,
        item_name as series_name,
        production_year as series_year,
        {{ lower_ascii("coalesce(item_name, '') || ' ' || coalesce(file_path, '')") }}
            as name_and_path
    from items
    where item_type = 'Series'

),

provided as (

    select
        item_id as series_id,
        max(case when provider = 'tvdb' then provider_item_id end) as tvdb_id,
        max(case when provider = 'tmdb' then provider_item_id end) as tmdb_id,
        max(case when provider = 'imdb' then provider_item_id end) as imdb_id
    from item_provider_ids
    group by item_id

),

-- Where the server has looked nothing up, the name or the folder may say it.
identified as (

    select
        series.series_id,
        series.series_name,
        {% for provider in ['tvdb', 'tmdb', 'imdb'] %}
            coalesce(
                provided.{{ provider }}_id,
                {{ id_in_braces(provider, 'series.name_and_path') }}
            ) as {{ provider }}_id,
        {% endfor %}
        series.series_year
    from series
    left join provided
        on series.series_id = provided.series_id

)

select * from identified
