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

played_by_viewer as (

    select
        user_id as viewer_id,
        item_type,
        viewing_count
    from played

    union all

    select
        '' as viewer_id,
        item_type,
        max(viewing_count) as viewing_count
    from played
    group by item_id, item_type

),

counted as (

    select
        viewer_id,
        item_type,
        case when viewing_count > 0 then 'seen' else 'begun' end as state,
        count(*) as item_count
    from played_by_viewer
    group by
        viewer_id,
        item_type,
        case when viewing_count > 0 then 'seen' else 'begun' end

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

library as (

    select
        item_type,
        count(*) as item_count
    from library_items
    group by item_type

),

never_played as (

    select
        viewers.viewer_id,
        library.item_type,
        'never played' as state,
        library.item_count - coalesce(sum(counted.item_count), 0) as item_count
    from viewers
    cross join library
    left join counted
        on
            viewers.viewer_id = counted.viewer_id
            and library.item_type = counted.item_type
    group by viewers.viewer_id, library.item_type, library.item_count

),

by_state as (

    select * from counted

    union all

    select * from never_played
    where item_count > 0

),

with_names as (

    select
        by_state.viewer_id,

        viewers.viewer_name,
        by_state.item_type,
        by_state.state,

        by_state.item_count
    from by_state
    inner join viewers
        on by_state.viewer_id = viewers.viewer_id

)

select * from with_names
