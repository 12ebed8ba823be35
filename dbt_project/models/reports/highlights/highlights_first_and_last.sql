-- On the first and the last evening of a year.
{{
    config(
        materialized='incremental',
        unique_key=['year'],
        pre_hook=delete_years_changed(),
        post_hook=delete_years_without_evenings()
    )
}}

with

user_evenings as (

    select
        user_id,
        evening_on,
        {{ year_of('evening_on') }} as year
    from {{ ref('user_evenings') }}
    {{ only_years_changed() }}

),

watch_sessions as (

    select * from {{ ref('watch_sessions') }}

),

items as (

    select * from {{ ref('items') }}

),

bounds as (

    select
        user_id,
        year,
        min(evening_on) as first_evening_on,
        max(evening_on) as last_evening_on
    from user_evenings
    group by user_id, year

),

first_and_last as (

    select
        user_id,
        year,
        first_evening_on as evening_on,
        'first of the year' as highlight,
        -1 as direction
    from bounds

    union all

    select
        user_id,
        year,
        last_evening_on as evening_on,
        'last of the year' as highlight,
        1 as direction
    from bounds

),

candidates as (

    select
        watch_sessions.user_id as viewer_id,
        watch_sessions.user_name as viewer_name,
        first_and_last.year,
        first_and_last.highlight,
        coalesce(items.series_name, items.item_name, watch_sessions.item_name, '?')
        || ', ' || substr({{ as_text('watch_sessions.started_local') }}, 1, 16) as what,
        null as unit,
        cast(null as integer) as amount,
        first_and_last.direction
        * {{ epoch_seconds('watch_sessions.started_local') }} as highest
    from first_and_last
    inner join watch_sessions
        on
            first_and_last.evening_on = watch_sessions.evening_on
            and first_and_last.user_id = watch_sessions.user_id
    left join items
        on watch_sessions.item_id = items.item_id

),

highlights as (

    {{ highest_of_each_year('candidates') }}

)

select * from highlights
