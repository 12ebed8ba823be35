{{ config(materialized='table') }}

with

report_titles as (

    select * from {{ ref('report_titles') }}
    where rewatch_count > 0

),

candidates as (

    select
        user_id as viewer_id,
        user_name as viewer_name,
        year,
        'most often seen again' as highlight,
        title as what,
        'times' as unit,
        rewatch_count as amount,
        rewatch_count as highest
    from report_titles

    union all

    select
        '' as viewer_id,
        'Everybody' as viewer_name,
        year,
        'most often seen again' as highlight,
        max(title) as what,
        'times' as unit,
        sum(rewatch_count) as amount,
        sum(rewatch_count) as highest
    from report_titles
    group by title_id, year

),

highlights as (

    {{ highest_of_each_year('candidates') }}

)

select * from highlights
