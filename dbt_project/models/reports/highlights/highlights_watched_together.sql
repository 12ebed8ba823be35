-- Two users who watched the same film or episode on one evening.
{{
    config(
        materialized='incremental',
        unique_key=['year'],
        pre_hook=delete_years_changed(),
        post_hook=delete_years_without_evenings()
    )
}}

with

evening_items as (

    select distinct
        user_id,
        user_name,
        item_id,
        evening_on
    from {{ ref('watch_sessions') }}
    {{ only_years_changed() }}

),

-- Most items of an evening are watched by one user alone, and never paired.
shared as (

    select
        item_id,
        evening_on
    from evening_items
    group by item_id, evening_on
    having count(*) > 1

),

watched_by_several as (

    select
        evening_items.*,
        {{ year_of('evening_items.evening_on') }} as year
    from shared
    inner join evening_items
        on
            shared.item_id = evening_items.item_id
            and shared.evening_on = evening_items.evening_on

),

candidates as (

    select
        '' as viewer_id,
        'Everybody' as viewer_name,
        one.year,
        'most often on the same evening' as highlight,
        max(one.user_name) || ' and ' || max(other.user_name) as what,
        'evenings' as unit,
        count(distinct one.evening_on) as amount,
        count(distinct one.evening_on) as highest
    from watched_by_several as one
    inner join watched_by_several as other
        on
            one.item_id = other.item_id
            and one.evening_on = other.evening_on
            and one.user_id < other.user_id
    group by one.user_id, other.user_id, one.year

),

highlights as (

    {{ highest_of_each_year('candidates') }}

)

select * from highlights
