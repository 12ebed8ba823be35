-- What the library has now: seen to the end, begun, or never played. Per user with any
-- playback, and for the household, where `viewer_id` is empty.
with

library_items as (

    select
        item_id,
        item_type
    from {{ ref('library_items') }}

),

user_item_stats as (

    select * from {{ ref('user_item_stats') }}

),

users as (

    select distinct
        user_id,
        user_name
    from user_item_stats

),

by_viewer as (

    select
        user_id as viewer_id,
        item_id,
        viewing_count > 0 as is_seen
    from user_item_stats

    union all

    select
        '' as viewer_id,
        item_id,
        max(viewing_count) > 0 as is_seen
    from user_item_stats
    group by item_id

),

viewers as (

    select
        user_id as viewer_id,
        user_name as viewer_name
    from users

    union all

    select
        '' as viewer_id,
        'Everybody' as viewer_name

),

counted as (

    select
        viewers.viewer_id,

        viewers.viewer_name,
        library_items.item_type,
        case
            when by_viewer.item_id is null then 'never played'
            when by_viewer.is_seen then 'seen'
            else 'begun'
        end as state,

        count(*) as item_count
    from viewers
    cross join library_items
    left join by_viewer
        on
            viewers.viewer_id = by_viewer.viewer_id
            and library_items.item_id = by_viewer.item_id
    group by
        viewers.viewer_id,
        viewers.viewer_name,
        library_items.item_type,
        case
            when by_viewer.item_id is null then 'never played'
            when by_viewer.is_seen then 'seen'
            else 'begun'
        end

)

select * from counted
