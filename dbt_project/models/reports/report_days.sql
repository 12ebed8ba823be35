-- Every day of every year in which a viewer watched something. Days without any are
-- there too, so that calendars have no gaps.
with recursive

evenings as (

    select
        coalesce(user_id, '') as viewer_id,
        viewer_name,
        session_count,
        watched_seconds,
        on_seconds,
        evening_on,
        {{ year_of('evening_on') }} as year
    from {{ ref('evenings') }}

),

years as (

    select
        viewer_id,
        viewer_name,
        year,
        {{ epoch_seconds("year || '-01-01'") }} as from_epoch_seconds,
        {{ epoch_seconds("year || '-12-31'") }} as until_epoch_seconds
    from evenings
    group by viewer_id, viewer_name, year

),

days as (

    select
        viewer_id,
        viewer_name,
        year,
        from_epoch_seconds as epoch_seconds,
        until_epoch_seconds
    from years

    union all

    select
        viewer_id,
        viewer_name,
        year,
        epoch_seconds + 86400 as epoch_seconds,
        until_epoch_seconds
    from days
    where epoch_seconds < until_epoch_seconds

),

dated as (

    select
        viewer_id,
        viewer_name,
        year,
        {{ date_of(timestamp_at('epoch_seconds')) }} as day_on,
        -- The first of 1970 was a Thursday; weeks begin on Monday.
        {{ date_of(timestamp_at(
            'epoch_seconds - ((epoch_seconds / 86400 + 3) % 7) * 86400'
        )) }} as week_starts_on
    from days

),

filled as (

    select
        dated.viewer_id,

        dated.viewer_name,
        dated.year,

        coalesce(evenings.session_count, 0) as session_count,
        coalesce(evenings.watched_seconds, 0) / 3600.0 as watched_hours,
        coalesce(evenings.on_seconds, 0) / 3600.0 as on_hours,

        dated.day_on,
        dated.week_starts_on
    from dated
    left join evenings
        on
            dated.viewer_id = evenings.viewer_id
            and dated.day_on = evenings.evening_on

)

select * from filled
