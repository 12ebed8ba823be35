{{ config(materialized='table', post_hook=index_on(['item_id'])) }}

with

user_items as (

    select * from {{ ref('int_user_items_played') }}

),

imported_items as (

    select * from {{ ref('int_imported_items_described') }}

),

items as (

    select
        item_id,
        item_name,
        item_type,
        runtime_seconds,
        removed_at
    from {{ ref('stg_emby__items') }}

),

-- Behind its 19 characters of time, so that max() returns the latest name.
latest as (

    select
        item_id,
        substr(max(last_named_at_second || last_item_name), 20) as item_name,
        substr(max(last_typed_at_second || last_item_type), 20) as item_type
    from user_items
    group by item_id

),

watched as (

    select item_id from latest
    union
    select item_id from imported_items

),

-- The plugin's name for an episode names its series too, the library's does not.
described as (

    select
        watched.item_id,
        coalesce(latest.item_name, imported_items.played_item_name, items.item_name)
            as item_name,
        coalesce(items.item_type, latest.item_type, imported_items.item_type)
            as item_type,
        coalesce(items.runtime_seconds, imported_items.runtime_seconds)
            as actual_runtime_seconds,
        items.item_type in ('Movie', 'Episode')
        and items.removed_at is null as is_in_library
    from watched
    left join latest
        on watched.item_id = latest.item_id
    left join items
        on watched.item_id = items.item_id
    left join imported_items
        on watched.item_id = imported_items.item_id

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
            as runtime_seconds,
        coalesce(is_in_library, false) as is_in_library
    from with_fallback

)

select * from with_runtime
