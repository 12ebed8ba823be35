{{ config(meta={'made_of': 'library'}, post_hook=index_on(['item_id'])) }}

with

library_items as (

    select * from {{ ref('int_library_items_described') }}

),

in_library as (

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

        premiere_date,
        added_at
    from library_items
    where removed_at is null

)

select * from in_library
