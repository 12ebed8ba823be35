-- Episodes of one series completed on one evening.
{{
    config(
        materialized='incremental',
        unique_key=['year'],
        pre_hook=delete_years_changed(),
        post_hook=delete_years_without_evenings()
    )
}}

with

watch_sessions as (

    select
        user_id,
        user_name,
        item_id,
        evening_on,
        {{ year_of('evening_on') }} as year,
        completes_viewing
    from {{ ref('watch_sessions') }}
    {{ only_years_changed() }}

),

items as (

    select * from {{ ref('items') }}

),

candidates as (

    select
        watch_sessions.user_id as viewer_id,
        watch_sessions.user_name as viewer_name,
        watch_sessions.year,
        'most episodes on one evening' as highlight,
        -- A series that was never listed may have no name.
        coalesce(max(items.series_name), items.series_id) || ', '
        || {{ as_text('watch_sessions.evening_on') }} as what,
        'episodes' as unit,
        count(distinct watch_sessions.item_id) as amount,
        count(distinct watch_sessions.item_id) as highest
    from watch_sessions
    inner join items
        on
            watch_sessions.item_id = items.item_id
            and items.series_id is not null
    where watch_sessions.completes_viewing
    group by
        watch_sessions.user_id,
        watch_sessions.user_name,
        watch_sessions.year,
        items.series_id,
        watch_sessions.evening_on

),

highlights as (

    {{ highest_of_each_year('candidates') }}

)

select * from highlights
