{{ config(materialized='table', post_hook=index_on(['item_id'])) }}

with

watch_events as (

    select * from {{ ref('int_watch_events_checked') }}

),

items as (

    select * from {{ ref('stg_emby__items') }}

),

names as (

    select
        item_id,
        nullif(item_name, '') as item_name,
        nullif(item_type, '') as item_type,
        max(played_at_local) as last_played_at_local
    from watch_events
    where reason is null
    group by item_id, nullif(item_name, ''), nullif(item_type, '')

),

ranked as (

    select
        *,
        row_number() over (
            partition by item_id
            order by
                case when item_name is null then 1 else 0 end asc,
                last_played_at_local desc,
                item_name asc,
                item_type asc
        ) as name_rank,
        row_number() over (
            partition by item_id
            order by
                case when item_type is null then 1 else 0 end asc,
                last_played_at_local desc,
                item_type asc,
                item_name asc
        ) as type_rank
    from names

),

latest as (

    select
        item_id,
        max(case when name_rank = 1 then item_name end) as item_name,
        max(case when type_rank = 1 then item_type end) as item_type
    from ranked
    group by item_id

),

-- The plugin's name for an episode names its series too, the library's does not.
described as (

    select
        latest.item_id,
        coalesce(latest.item_name, items.item_name) as item_name,
        coalesce(items.item_type, latest.item_type) as item_type,
        items.runtime_seconds as actual_runtime_seconds
    from latest
    left join items
        on latest.item_id = items.item_id

),

with_fallback as (

    select
        *,
        case
            when item_type = 'Episode'
                then {{ var('fallback_episode_runtime_seconds') }}
            when item_type = 'Movie'
                then {{ var('fallback_movie_runtime_seconds') }}
        end as fallback_runtime_seconds
    from described

),

with_runtime as (

    select
        item_id,
        item_name,
        item_type,
        case
            when actual_runtime_seconds is not null then 'actual'
            when fallback_runtime_seconds is not null then 'fallback'
        end as runtime_basis,
        coalesce(actual_runtime_seconds, fallback_runtime_seconds)
            as runtime_seconds
    from with_fallback

)

select * from with_runtime
