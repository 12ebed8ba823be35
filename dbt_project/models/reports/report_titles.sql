-- A title is a film, or a series with all its episodes.
{{
    config(
        materialized='incremental',
        unique_key=['year'],
        post_hook=delete_years_without_evenings()
    )
}}

with

watch_sessions as (

    select * from {{ ref('watch_sessions') }}
    {{ only_years_changed() }}

),

items as (

    select * from {{ ref('items') }}

),

titled as (

    select
        watch_sessions.user_id,
        watch_sessions.user_name,
        coalesce(items.series_id, watch_sessions.item_id) as title_id,
        coalesce(items.series_name, items.item_name, watch_sessions.item_name)
            as title,
        case
            when items.series_id is not null then 'Series'
            else coalesce(watch_sessions.item_type, 'Other')
        end as title_type,
        {{ year_of('watch_sessions.evening_on') }} as year,
        watch_sessions.total_seconds_watched,
        watch_sessions.completes_viewing,
        watch_sessions.viewing_number
    from watch_sessions
    left join items
        on watch_sessions.item_id = items.item_id

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
        sum(total_seconds_watched) / 3600.0 as watched_hours,
        sum(case when completes_viewing then 1 else 0 end) as viewing_count,
        sum(case when completes_viewing and viewing_number > 1 then 1 else 0 end)
            as rewatch_count
    from titled
    group by user_id, user_name, title_id, year

)

select * from summed
