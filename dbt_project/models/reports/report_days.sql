-- Every day of every year in which a viewer watched something. Days without any are
-- there too, so that calendars have no gaps.
{{ config(materialized='incremental', unique_key=['year']) }}

with recursive

evenings as (

    select * from {{ ref('evenings') }}
    {{ only_years_changed() }}

),

years as (

    select
        coalesce(user_id, '') as viewer_id,
        viewer_name,
        {{ year_of('evening_on') }} as year
    from evenings
    group by coalesce(user_id, ''), viewer_name, {{ year_of('evening_on') }}

),

span as (

    select
        {{ epoch_seconds("min(year) || '-01-01'") }} as from_epoch_seconds,
        {{ epoch_seconds("max(year) || '-12-31'") }} as until_epoch_seconds
    from years

),

days as (

    select
        from_epoch_seconds as epoch_seconds,
        until_epoch_seconds
    from span
    where from_epoch_seconds is not null

    union all

    select
        epoch_seconds + 86400 as epoch_seconds,
        until_epoch_seconds
    from days
    where epoch_seconds < until_epoch_seconds

),

dated as (

    select
        {{ date_of(timestamp_at('epoch_seconds')) }} as day_on,
        {{ year_of(date_of(timestamp_at('epoch_seconds'))) }} as year,
        -- The first of 1970 was a Thursday; weeks begin on Monday.
        {{ date_of(timestamp_at(
            'epoch_seconds - ((epoch_seconds / 86400 + 3) % 7) * 86400'
        )) }} as week_starts_on
    from days

),

filled as (

    select
        years.viewer_id,

        years.viewer_name,
        years.year,

        coalesce(evenings.session_count, 0) as session_count,
        coalesce(evenings.watched_seconds, 0) / 3600.0 as watched_hours,
        coalesce(evenings.on_seconds, 0) / 3600.0 as on_hours,

        dated.day_on,
        dated.week_starts_on
    from years
    inner join dated
        on years.year = dated.year
    left join evenings
        on
            years.viewer_id = coalesce(evenings.user_id, '')
            and dated.day_on = evenings.evening_on

)

select * from filled
