{{ config(post_hook=index_on(['item_id'])) }}

with

library_items as (

    select * from {{ ref('int_library_items_described') }}

),

imported_items as (

    select * from {{ ref('int_imported_items_described') }}

),

watched_items as (

    select * from {{ ref('int_watched_items_described') }}

),

listed as (

    select
        item_id,
        series_id,

        item_type,
        item_name,
        series_name,
        official_rating,
        overview,
        file_path,
        container,
        video_codec,

        season_number,
        episode_number,
        runtime_seconds,
        production_year,
        community_rating,
        resolution_width,
        resolution_height,

        removed_at is null as is_in_library,

        premiere_date,
        added_at,
        removed_at
    from library_items

),

-- Known from the history alone: deleted before the library was first read, or neither
-- film nor episode, or of another server.
never_listed as (

    select
        watched_items.item_id,
        imported_items.series_id,

        watched_items.item_type,
        coalesce(imported_items.item_name, watched_items.item_name) as item_name,
        imported_items.series_name,
        null as official_rating,
        null as overview,
        imported_items.file_path,
        null as container,
        null as video_codec,

        imported_items.season_number,
        imported_items.episode_number,
        imported_items.runtime_seconds,
        imported_items.production_year,
        cast(null as real) as community_rating,
        cast(null as integer) as resolution_width,
        cast(null as integer) as resolution_height,

        false as is_in_library,

        cast(null as date) as premiere_date,
        cast(null as timestamp) as added_at,
        null as removed_at
    from watched_items
    left join library_items
        on watched_items.item_id = library_items.item_id
    left join imported_items
        on watched_items.item_id = imported_items.item_id
    where library_items.item_id is null

),

unioned as (

    select * from listed
    union all
    select * from never_listed

)

select * from unioned
