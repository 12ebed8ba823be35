-- A table, because several models read it and taking JSON apart is slow.
{{
    config(
        materialized='table',
        meta={'made_of': 'library'},
        post_hook=index_on(['item_id'])
    )
}}

with

items as (

    select * from {{ source('emby', 'raw_emby_items') }}

),

unpacked as (

    select
        item_id,
        {{ json_text('payload', 'SeriesId') }} as series_id,

        item_type,
        {{ json_text('payload', 'Name') }} as item_name,
        {{ json_text('payload', 'SeriesName') }} as series_name,
        {{ json_text('payload', 'OfficialRating') }} as official_rating,
        {{ json_text('payload', 'Overview') }} as overview,
        {{ json_text('payload', 'Path') }} as file_path,
        {{ json_text('payload', 'Container') }} as container,

        {{ json_integer('payload', 'ParentIndexNumber') }} as season_number,
        {{ json_integer('payload', 'IndexNumber') }} as episode_number,
        {{ json_integer('payload', 'IndexNumberEnd') }} as last_episode_number,
        -- A tick is a ten-millionth of a second. 0 stands for "not known".
        nullif(
            {{ whole_quotient(json_integer('payload', 'RunTimeTicks'), 10000000) }}, 0
        ) as runtime_seconds,
        {{ json_integer('payload', 'ProductionYear') }} as production_year,
        {{ json_double('payload', 'CommunityRating') }} as community_rating,
        {{ json_integer('payload', 'Width') }} as image_width,
        {{ json_integer('payload', 'Height') }} as image_height,

        {{ json_text('payload', 'PremiereDate') }} as premiered_at_iso,
        {{ json_text('payload', 'DateCreated') }} as added_at_iso,
        removed_at
    from items

),

cast_times as (

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

        season_number,
        episode_number,
        coalesce(last_episode_number, episode_number) as last_episode_number,
        case when runtime_seconds > 0 then runtime_seconds end as runtime_seconds,
        production_year,
        community_rating,
        image_width,
        image_height,

        {{ date_of(timestamp_from_iso('premiered_at_iso')) }} as premiere_date,
        {{ timestamp_from_iso('added_at_iso') }} as added_at,
        removed_at
    from unpacked

)

select * from cast_times
