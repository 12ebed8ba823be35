-- Every day of every year in which a viewer watched something. Days without any are
-- there too, so that calendars have no gaps.
{{
    config(
        materialized='incremental',
        unique_key=['year'],
        pre_hook=delete_years_changed(),
        post_hook=delete_years_without_evenings()
    )
}}

with recursive

evenings as (

    select * from {{ ref('evenings') }}

),

years as (

    select
        user_id,
        viewer_name,
        {{ year_of('evening_on') }} as year
    from evenings
    {{ only_years_changed() }}
    group by user_id, viewer_name, {{ year_of('evening_on') }}

),

span as (

    select
        {{ epoch_seconds("min(year) || '-01-01'") }} as from_epoch_seconds,
        {{ epoch_seconds("max(year) || '-12-31'") }} as until_epoch_seconds
    from years

),

days as (

    {{ days_spanned() }}

),

dated as (

    select
        {{ date_of(timestamp_at('epoch_seconds')) }} as day_on,
        {{ year_of(date_of(timestamp_at('epoch_seconds'))) }} as year,
        {{ date_of(timestamp_at(
            'epoch_seconds - ' ~ days_since_monday('epoch_seconds') ~ ' * 86400'
        )) }} as week_starts_on
    from days

),

viewer_days as (

    select
        coalesce(years.user_id, '') as viewer_id,
        coalesce({{ concatenated_key(['years.user_id']) }}, '') || '|'
        || dated.day_on as evening_id,
        years.viewer_name,
        years.year,
        dated.day_on,
        dated.week_starts_on
    from years
    inner join dated
        on years.year = dated.year

),

filled as (

    select
        viewer_days.viewer_id,

        viewer_days.viewer_name,
        viewer_days.year,

        coalesce(evenings.session_count, 0) as session_count,
        {{ quotient('coalesce(evenings.watched_seconds, 0)', 3600) }} as watched_hours,
        {{ quotient('coalesce(evenings.on_seconds, 0)', 3600) }} as on_hours,

        viewer_days.day_on,
        viewer_days.week_starts_on
    from viewer_days
    left join evenings
        on
            viewer_days.day_on = evenings.evening_on
            and viewer_days.evening_id = evenings.evening_id

)

-- In the order of the key, in which SQLite inserts twice as fast.
select * from filled
order by viewer_name, viewer_id, day_on
