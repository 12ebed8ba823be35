-- What other programs know of the items that they tell of: as last received of what it
-- is, and the name under which it was last played.
{{ config(materialized='table', post_hook=index_on(['item_id'])) }}

with

items as (

    select * from {{ ref('int_imported_items_united') }}

),

observations as (

    select * from {{ ref('int_imported_observations_checked') }}

),

played as (

    select
        item_id,
        item_name,
        item_type,
        row_number() over (
            partition by item_id
            order by
                case when reason is null and item_name is not null then 0 else 1 end,
                coalesce(started_epoch_seconds, -1) desc,
                observation_id asc
            rows between unbounded preceding and current row
        ) as play_rank
    from observations

),

known as (

    select
        *,
        row_number() over (
            partition by item_id
            order by load_id desc, row_hash asc
            rows between unbounded preceding and current row
        ) as version_rank
    from items
    where item_type is not null

),

paths as (

    select
        item_id,
        file_path,
        row_number() over (
            partition by item_id
            order by load_id desc, row_hash asc
            rows between unbounded preceding and current row
        ) as version_rank
    from items
    where file_path is not null

),

described as (

    select
        played.item_id,
        known.series_id,

        played.item_name as played_item_name,
        coalesce(known.item_type, played.item_type) as item_type,
        coalesce(known.item_name, played.item_name) as item_name,
        known.series_name,
        paths.file_path,
        known.film_tmdb_id,
        known.film_imdb_id,
        known.series_tvdb_id,
        known.series_tmdb_id,

        known.season_number,
        known.episode_number,
        known.production_year,
        known.runtime_seconds
    from played
    left join known
        on
            played.item_id = known.item_id
            and known.version_rank = 1
    left join paths
        on
            played.item_id = paths.item_id
            and paths.version_rank = 1
    where played.play_rank = 1

)

select * from described
