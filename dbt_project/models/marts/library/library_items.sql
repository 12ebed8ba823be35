{{ config(meta={'made_of': 'library'}, post_hook=index_on(['item_id'])) }}

with

items as (

    select * from {{ ref('stg_emby__items') }}

),

video_streams as (

    select * from {{ ref('stg_emby__item_video_streams') }}

),

in_library as (

    select * from items
    where
        item_type in ('Movie', 'Episode')
        and removed_at is null

),

first_positions as (

    select
        item_id,
        min(stream_position) as stream_position
    from video_streams
    group by item_id

),

first_video_streams as (

    select video_streams.*
    from video_streams
    inner join first_positions
        on
            video_streams.item_id = first_positions.item_id
            and video_streams.stream_position = first_positions.stream_position

),

series as (

    select
        item_id,
        item_name
    from items
    where item_type = 'Series'

),

described as (

    select
        in_library.item_id,
        in_library.series_id,

        in_library.item_type,
        in_library.item_name,
        coalesce(in_library.series_name, series.item_name) as series_name,
        in_library.official_rating,
        in_library.overview,
        in_library.file_path,
        in_library.container,
        first_video_streams.video_codec,

        in_library.season_number,
        in_library.episode_number,
        in_library.runtime_seconds,
        in_library.production_year,
        in_library.community_rating,
        coalesce(first_video_streams.stream_width, in_library.image_width)
            as resolution_width,
        coalesce(first_video_streams.stream_height, in_library.image_height)
            as resolution_height,

        in_library.premiere_date,
        in_library.added_at
    from in_library
    left join first_video_streams
        on in_library.item_id = first_video_streams.item_id
    left join series
        on in_library.series_id = series.item_id

)

select * from described
