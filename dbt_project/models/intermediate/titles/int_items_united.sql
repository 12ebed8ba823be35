-- Films and episodes that the library has or had, and what was played and never listed,
-- of which another program may know more.
with

library_items as (

    select * from {{ ref('int_library_items_described') }}

),

watched_items as (

    select * from {{ ref('int_watched_items_described') }}

),

imported_items as (

    select * from {{ ref('int_imported_items_described') }}

),

series as (

    select * from {{ ref('int_series_identified') }}

),

parsed_episodes as (

    select * from {{ ref('int_episode_names_parsed') }}

),

listed as (

    select
        library_items.item_id,
        library_items.item_type,
        library_items.item_name,
        coalesce(library_items.series_name, series.series_name) as series_name,
        library_items.file_path,
        null as film_tmdb_id,
        null as film_imdb_id,
        series.tvdb_id as series_tvdb_id,
        series.tmdb_id as series_tmdb_id,
        series.imdb_id as series_imdb_id,

        library_items.season_number,
        library_items.episode_number,
        library_items.last_episode_number,
        library_items.production_year,
        series.series_year,
        library_items.runtime_seconds
    from library_items
    left join series
        on library_items.series_id = series.series_id

),

never_listed as (

    select
        watched_items.item_id,
        watched_items.item_type,
        coalesce(imported_items.item_name, watched_items.item_name) as item_name,
        coalesce(imported_items.series_name, parsed_episodes.series_name)
            as series_name,
        imported_items.file_path,
        imported_items.film_tmdb_id,
        imported_items.film_imdb_id,
        coalesce(series.tvdb_id, imported_items.series_tvdb_id) as series_tvdb_id,
        coalesce(series.tmdb_id, imported_items.series_tmdb_id) as series_tmdb_id,
        series.imdb_id as series_imdb_id,

        coalesce(imported_items.season_number, parsed_episodes.season_number)
            as season_number,
        coalesce(imported_items.episode_number, parsed_episodes.episode_number)
            as episode_number,
        coalesce(imported_items.episode_number, parsed_episodes.episode_number)
            as last_episode_number,
        imported_items.production_year,
        series.series_year,
        imported_items.runtime_seconds
    from watched_items
    left join library_items
        on watched_items.item_id = library_items.item_id
    left join parsed_episodes
        on watched_items.item_id = parsed_episodes.item_id
    left join imported_items
        on watched_items.item_id = imported_items.item_id
    left join series
        on imported_items.series_id = series.series_id
    where library_items.item_id is null

),

unioned as (

    select * from listed
    union all
    select * from never_listed

),

-- Two episodes in one file are another title than the first of them.
with_code as (

    select
        *,
        case
            when item_type = 'Episode'
                then
                    season_number || '/' || episode_number
                    || case
                        when last_episode_number > episode_number
                            then '-' || last_episode_number
                        else ''
                    end
        end as episode_code
    from unioned

)

select * from with_code
