-- A series has an order of its own: season, then episode. Specials (season 0), and
-- episodes without a number, are apart.
{{
    config(
        materialized='table',
        meta={'made_of': 'library'},
        post_hook=index_on(['item_id'])
    )
}}

with

library_items as (

    select * from {{ ref('int_library_items_described') }}

),

numbered as (

    select
        item_id,
        series_id,

        item_name,
        series_name,
        's' || case when season_number < 10 then '0' else '' end || season_number
        || 'e' || case when episode_number < 10 then '0' else '' end || episode_number
        || case
            when last_episode_number > episode_number
                then
                    '-e' || case when last_episode_number < 10 then '0' else '' end
                    || last_episode_number
            else ''
        end as episode_code,

        season_number,
        episode_number,
        last_episode_number,

        removed_at is null as is_in_library
    from library_items
    where
        item_type = 'Episode'
        and series_id is not null

),

ordered as (

    select
        *,
        coalesce(season_number >= 1 and episode_number is not null, false)
            as is_in_order
    from numbered

)

select * from ordered
