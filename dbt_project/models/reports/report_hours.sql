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
        total_seconds_watched,
        {{ year_of('evening_on') }} as year,
        {{ epoch_seconds('evening_on') }} as evening_epoch_seconds,
        {{ epoch_seconds('started_local') }} as started_epoch_seconds
    from {{ ref('watch_sessions') }}
    {{ only_years_changed() }}

),

placed as (

    select
        user_id,
        user_name,
        year,
        total_seconds_watched,
        {{ days_since_monday('evening_epoch_seconds') }} + 1 as weekday_number,
        {{ whole_quotient('started_epoch_seconds % 86400', 3600) }} as hour_number
    from watch_sessions

),

summed as (

    select
        user_id,

        user_name,
        year,

        weekday_number,
        hour_number,
        count(*) as session_count,
        {{ quotient('sum(total_seconds_watched)', 3600) }} as watched_hours
    from placed
    group by user_id, user_name, year, weekday_number, hour_number

)

select * from summed
