-- Here a title is a film, or a series with all its episodes, whatever ids it has had.
-- Not incremental: an item that is added or played today can belong to titles of any
-- year.
{{ config(materialized='table') }}

with

watch_sessions as (

    select * from {{ ref('watch_sessions') }}

),

item_titles as (

    select * from {{ ref('item_titles') }}

),

titles as (

    select * from {{ ref('titles') }}

),

title_sessions as (

    select * from {{ ref('int_title_sessions_in_viewings') }}

),

titled as (

    select
        watch_sessions.user_id,
        watch_sessions.user_name,
        -- A series that only another program knows has a name alone.
        coalesce(
            titles.series_id,
            'series/name/' || {{ lower_ascii('titles.series_name') }},
            titles.title_id
        ) as title_id,
        coalesce(titles.series_name, titles.title_name, watch_sessions.item_name)
            as title,
        case
            when coalesce(titles.series_id, titles.series_name) is not null
                then 'Series'
            else coalesce(watch_sessions.item_type, 'Other')
        end as title_type,
        {{ year_of('watch_sessions.evening_on') }} as year,
        watch_sessions.total_seconds_watched,
        coalesce(title_sessions.completes_viewing, watch_sessions.completes_viewing)
            as completes_viewing,
        coalesce(title_sessions.viewing_number, watch_sessions.viewing_number)
            as viewing_number
    from watch_sessions
    inner join item_titles
        on watch_sessions.item_id = item_titles.item_id
    inner join titles
        on item_titles.title_id = titles.title_id
    left join title_sessions
        on
            watch_sessions.user_id = title_sessions.user_id
            and watch_sessions.item_id = title_sessions.item_id
            and {{ epoch_seconds('watch_sessions.started_at') }}
            = title_sessions.started_epoch_seconds

),

summed as (

    select
        user_id,
        title_id,

        user_name,
        coalesce(max(title), title_id) as title,
        max(title_type) as title_type,
        year,

        count(*) as session_count,
        {{ quotient('sum(total_seconds_watched)', 3600) }} as watched_hours,
        sum(case when completes_viewing then 1 else 0 end) as viewing_count,
        sum(case when completes_viewing and viewing_number > 1 then 1 else 0 end)
            as rewatch_count
    from titled
    group by user_id, user_name, title_id, year

)

select * from summed
