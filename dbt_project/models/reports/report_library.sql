-- What the library has now: seen to the end, begun, or never played. Per user with any
-- playback, and for the household, where `viewer_id` is empty.
with

library_items as (

    select * from {{ ref('library_items') }}

),

item_titles as (

    select * from {{ ref('item_titles') }}

),

user_title_stats as (

    select
        user_id,
        title_id,
        user_name,
        viewing_count
    from {{ ref('user_title_stats') }}

),

played as (

    select
        user_title_stats.user_id,
        user_title_stats.user_name,
        library_items.item_id,
        library_items.item_type,
        user_title_stats.viewing_count
    from user_title_stats
    inner join item_titles
        on user_title_stats.title_id = item_titles.title_id
    inner join library_items
        on item_titles.item_id = library_items.item_id

),

by_viewer as (

    select
        user_id as viewer_id,
        user_name as viewer_name,
        item_type,
        viewing_count
    from played

    union all

    select
        '' as viewer_id,
        'Everybody' as viewer_name,
        item_type,
        max(viewing_count) as viewing_count
    from played
    group by item_id, item_type

),

counted as (

    select
        viewer_id,
        viewer_name,
        item_type,
        count(*) as played_count,
        sum(case when viewing_count > 0 then 1 else 0 end) as seen_count
    from by_viewer
    group by viewer_id, viewer_name, item_type

),

viewers as (

    select
        user_id as viewer_id,
        max(user_name) as viewer_name
    from user_title_stats
    group by user_id

    union all

    select
        '' as viewer_id,
        'Everybody' as viewer_name

),

types as (

    select
        item_type,
        count(*) as item_count
    from library_items
    group by item_type

),

with_counts as (

    select
        viewers.viewer_id,
        viewers.viewer_name,
        types.item_type,
        types.item_count,
        coalesce(counted.played_count, 0) as played_count,
        coalesce(counted.seen_count, 0) as seen_count
    from viewers
    cross join types
    left join counted
        on
            viewers.viewer_id = counted.viewer_id
            and types.item_type = counted.item_type

),

by_state as (

    select
        viewer_id,

        viewer_name,
        item_type,
        'seen' as state,

        seen_count as item_count
    from with_counts

    union all

    select
        viewer_id,

        viewer_name,
        item_type,
        'begun' as state,

        played_count - seen_count as item_count
    from with_counts

    union all

    select
        viewer_id,

        viewer_name,
        item_type,
        'never played' as state,

        item_count - played_count as item_count
    from with_counts

),

remaining as (

    select * from by_state
    where item_count > 0

)

select * from remaining
