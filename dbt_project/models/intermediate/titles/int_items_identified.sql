-- What tells two items apart, or alike, each kind in a column of its own. An id is
-- written with its type and its provider, and a series' id with season and number: film
-- 603 is not series 603, and a special is in season 0.
{{ config(materialized='table', post_hook=index_on(['item_id'])) }}

with

items as (

    select * from {{ ref('int_items_united') }}

),

item_provider_ids as (

    select * from {{ ref('int_item_provider_ids_unique') }}

),

provided as (

    select
        item_id,
        max(case when provider = 'tmdb' then provider_item_id end) as tmdb_id,
        max(case when provider = 'imdb' then provider_item_id end) as imdb_id,
        max(case when provider = 'tvdb' then provider_item_id end) as tvdb_id
    from item_provider_ids
    group by item_id

),

identified as (

    select
        items.item_id,
        items.item_type,
        items.series_year,
        case
            when items.item_type = 'Movie' then items.runtime_seconds
        end as film_runtime_seconds,

        case
            when not {{ is_blank('items.file_path') }}
                then items.item_type || '/path/' || items.file_path
        end as path,
        case
            when items.item_type = 'Movie'
                then 'movie/tmdb/' || coalesce(provided.tmdb_id, items.film_tmdb_id)
        end as film_tmdb_id,
        case
            when items.item_type = 'Movie'
                then 'movie/imdb/' || coalesce(provided.imdb_id, items.film_imdb_id)
        end as film_imdb_id,
        'episode/tvdb/' || items.series_tvdb_id || '/' || items.episode_code
            as series_tvdb_id,
        'episode/tmdb/' || items.series_tmdb_id || '/' || items.episode_code
            as series_tmdb_id,
        'episode/imdb/' || items.series_imdb_id || '/' || items.episode_code
            as series_imdb_id,
        case
            when items.item_type = 'Episode' then 'episode/tvdb/' || provided.tvdb_id
        end as episode_tvdb_id,
        case
            when items.item_type = 'Episode' then 'episode/imdb/' || provided.imdb_id
        end as episode_imdb_id,
        case
            when items.item_type = 'Movie' and not {{ is_blank('items.item_name') }}
                then
                    'movie/name/' || {{ lower_ascii('items.item_name') }} || '/'
                    || items.production_year
            when
                items.item_type = 'Episode'
                and not {{ is_blank('items.series_name') }}
                then
                    'episode/name/' || {{ lower_ascii('items.series_name') }} || '/'
                    || items.episode_code
        end as name
    from items
    left join provided
        on items.item_id = provided.item_id

)

select * from identified
