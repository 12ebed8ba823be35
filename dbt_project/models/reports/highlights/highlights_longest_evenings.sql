{{
    config(
        materialized='incremental',
        unique_key=['year'],
        pre_hook=delete_years_changed(),
        post_hook=delete_years_without_evenings()
    )
}}

with

evenings as (

    select * from {{ ref('evenings') }}
    {{ only_years_changed() }}

),

candidates as (

    select
        coalesce(user_id, '') as viewer_id,
        viewer_name,
        {{ year_of('evening_on') }} as year,
        'longest evening' as highlight,
        {{ as_text('evening_on') }} as what,
        'hours' as unit,
        {{ quotient('on_seconds', 3600) }} as amount,
        on_seconds as highest
    from evenings

),

highlights as (

    {{ highest_of_each_year('candidates') }}

)

select * from highlights
