{{
    config(
        materialized='table',
        meta={'made_of': 'library'},
        post_hook=index_on(['item_id'])
    )
}}

with

items as (

    select * from {{ ref('stg_emby__items') }}

),

item_video_streams as (

    select * from {{ ref('stg_emby__item_video_streams') }}

),

films_and_episodes as (

    select * from items
    where item_type in ('Movie', 'Episode')

),

first_positions as (

    select
        item_id,
        min(stream_position) as stream_position
    from item_video_streams
    group by item_id

),

first_video_streams as (

    select item_video_streams.*
    from item_video_streams
    inner join first_positions
        on
            item_video_streams.item_id = first_positions.item_id
            and item_video_streams.stream_position = first_positions.stream_position

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
        films_and_episodes.item_id,
        films_and_episodes.series_id,

        films_and_episodes.item_type,
        films_and_episodes.item_name,
        coalesce(films_and_episodes.series_name, series.item_name) as series_name,
        films_and_episodes.official_rating,
        films_and_episodes.overview,
        films_and_episodes.file_path,
        films_and_episodes.container,
        first_video_streams.video_codec,

        films_and_episodes.season_number,
        films_and_episodes.episode_number,
        films_and_episodes.last_episode_number,
        films_and_episodes.runtime_seconds,
        films_and_episodes.production_year,
        films_and_episodes.community_rating,
        coalesce(first_video_streams.stream_width, films_and_episodes.image_width)
            as resolution_width,
        coalesce(first_video_streams.stream_height, films_and_episodes.image_height)
            as resolution_height,

        films_and_episodes.premiere_date,
        films_and_episodes.added_at,
        films_and_episodes.removed_at
    from films_and_episodes
    left join first_video_streams
        on films_and_episodes.item_id = first_video_streams.item_id
    left join series
        on films_and_episodes.series_id = series.item_id

)

select * from described
