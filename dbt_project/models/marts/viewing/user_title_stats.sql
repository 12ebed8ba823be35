{{ config(materialized='view') }}

with

user_item_stats as (

    select * from {{ ref('user_item_stats') }}

),

item_titles as (

    select * from {{ ref('item_titles') }}

),

titles as (

    select * from {{ ref('titles') }}

),

in_parts as (

    select * from {{ ref('int_user_titles_in_parts') }}

),

sessions_in_viewings as (

    select * from {{ ref('int_title_sessions_in_viewings') }}

),

watch_sessions as (

    select * from {{ ref('watch_sessions') }}

),

-- Of a title that somebody played as one item.
of_one_item as (

    select
        user_item_stats.user_id,
        item_titles.title_id,

        user_item_stats.user_name,
        titles.title_name,
        titles.series_name,
        titles.item_type,

        user_item_stats.session_count,
        user_item_stats.total_seconds_watched,
        user_item_stats.total_minutes_watched,
        user_item_stats.best_completion_ratio,
        user_item_stats.average_completion_ratio,
        user_item_stats.viewing_count,
        user_item_stats.rewatch_count,
        user_item_stats.days_between_first_and_last,
        user_item_stats.adherence_score,
        user_item_stats.completed_session_count,
        user_item_stats.partial_session_count,
        user_item_stats.sampled_session_count,
        user_item_stats.abandoned_session_count,
        1 as played_item_count,

        titles.is_in_library,

        user_item_stats.first_watched_at,
        user_item_stats.last_watched_at
    from user_item_stats
    inner join item_titles
        on user_item_stats.item_id = item_titles.item_id
    inner join titles
        on item_titles.title_id = titles.title_id
    left join in_parts
        on
            user_item_stats.user_id = in_parts.user_id
            and user_item_stats.item_id = in_parts.item_id
    where in_parts.user_id is null

),

summed as (

    select
        in_parts.user_id,
        item_titles.title_id,
        max(watch_sessions.user_name) as user_name,
        sum(case when sessions_in_viewings.completes_viewing then 1 else 0 end)
            as viewing_count,
        count(distinct in_parts.item_id) as played_item_count,
        max(in_parts.runtime_seconds) as runtime_seconds,
        {{ sums_of_sessions() }}
    from in_parts
    inner join item_titles
        on in_parts.item_id = item_titles.item_id
    inner join watch_sessions
        on
            in_parts.user_id = watch_sessions.user_id
            and in_parts.item_id = watch_sessions.item_id
    inner join sessions_in_viewings
        on
            watch_sessions.user_id = sessions_in_viewings.user_id
            and watch_sessions.item_id = sessions_in_viewings.item_id
            and {{ epoch_seconds('watch_sessions.started_at') }}
            = sessions_in_viewings.started_epoch_seconds
    group by in_parts.user_id, item_titles.title_id

),

with_parts as (

    select
        summed.*,
        titles.title_name,
        titles.series_name,
        titles.item_type,
        titles.is_in_library,
        {{ parts_of_adherence('summed', 'summed.runtime_seconds') }}
    from summed
    inner join titles
        on summed.title_id = titles.title_id

),

of_several_items as (

    select
        user_id,
        title_id,

        user_name,
        title_name,
        series_name,
        item_type,

        {{ statistics() }},
        played_item_count,

        is_in_library,

        first_watched_at,
        last_watched_at
    from with_parts

),

united as (

    select * from of_one_item
    union all
    select * from of_several_items

),

with_key as (

    select
        {{ concatenated_key(['user_id', 'title_id']) }} as user_title_id,
        *
    from united

)

select * from with_key
