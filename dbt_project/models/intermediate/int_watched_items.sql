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
        item_name,
        item_type,
        max(played_at_local) as last_played_at_local
    from watch_events
    where reason is null
    group by item_id, item_name, item_type

),

ordered as (

    select
        *,
        row_number() over (
            partition by item_id
            order by
                case when item_name is not null then 0 else 1 end asc,
                last_played_at_local desc,
                item_name asc,
                item_type asc
        ) as position
    from names

),

-- The plugin's name for an episode names its series too, the library's does not.
described as (

    select
        ordered.item_id,
        coalesce(ordered.item_name, items.item_name) as item_name,
        coalesce(items.item_type, ordered.item_type) as item_type,
        items.runtime_seconds as actual_runtime_seconds,
        case
            when coalesce(items.item_type, ordered.item_type) = 'Episode'
                then {{ var('fallback_episode_runtime_seconds') }}
            when coalesce(items.item_type, ordered.item_type) = 'Movie'
                then {{ var('fallback_movie_runtime_seconds') }}
        end as fallback_runtime_seconds
    from ordered
    left join items
        on ordered.item_id = items.item_id
    where ordered.position = 1

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
    from described

)

select * from with_runtime
