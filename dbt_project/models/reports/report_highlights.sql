-- What stands out in a year, of each user and of the household, where `viewer_id` is
-- empty.
with

watch_sessions as (

    select * from {{ ref('watch_sessions') }}

),

items as (

    select * from {{ ref('items') }}

),

sessions as (

    select
        watch_sessions.*,
        {{ year_of('watch_sessions.evening_on') }} as year,
        coalesce(items.series_name, items.item_name, watch_sessions.item_name, '?')
            as title,
        coalesce(items.series_id, watch_sessions.item_id) as title_id,
        items.series_id
    from watch_sessions
    left join items
        on watch_sessions.item_id = items.item_id

),

evenings as (

    select
        *,
        coalesce(user_id, '') as viewer_id,
        {{ year_of('evening_on') }} as year
    from {{ ref('evenings') }}

),

of_viewers as (

    select
        sessions.user_id as viewer_id,
        sessions.user_name as viewer_name,
        sessions.*
    from sessions

    union all

    select
        '' as viewer_id,
        'Everybody' as viewer_name,
        sessions.*
    from sessions

),

first_and_last as (

    select
        viewer_id,
        viewer_name,
        year,
        title,
        started_local,
        row_number() over (
            partition by viewer_id, year
            order by started_local asc, session_id asc
            rows between unbounded preceding and current row
        ) as first_rank,
        row_number() over (
            partition by viewer_id, year
            order by started_local desc, session_id desc
            rows between unbounded preceding and current row
        ) as last_rank
    from of_viewers

),

in_a_row as (

    select
        viewer_id,
        viewer_name,
        year,
        title,
        evening_on,
        count(distinct item_id) as episode_count
    from of_viewers
    where series_id is not null and completes_viewing
    group by viewer_id, viewer_name, year, title_id, title, evening_on, user_id

),

seen_again as (

    select
        viewer_id,
        viewer_name,
        year,
        title,
        count(*) as rewatch_count
    from of_viewers
    where completes_viewing and viewing_number > 1
    group by viewer_id, viewer_name, year, title_id, title

),

-- Two who watch the same film or episode on one evening.
together as (

    select
        '' as viewer_id,
        'Everybody' as viewer_name,
        one.year,
        one.user_name || ' and ' || other.user_name as pair,
        count(distinct one.evening_on) as evening_count
    from sessions as one
    inner join sessions as other
        on
            one.item_id = other.item_id
            and one.evening_on = other.evening_on
            and one.user_id < other.user_id
    group by one.year, one.user_name || ' and ' || other.user_name

),

ranked as (

    select
        viewer_id,
        viewer_name,
        year,
        'longest evening' as highlight,
        evening_on as what,
        on_seconds / 3600.0 as amount,
        'hours' as unit,
        row_number() over (
            partition by viewer_id, year
            order by on_seconds desc, evening_on asc
            rows between unbounded preceding and current row
        ) as highlight_rank
    from evenings

    union all

    select
        viewer_id,
        viewer_name,
        year,
        'most episodes on one evening' as highlight,
        title || ', ' || evening_on as what,
        episode_count as amount,
        'episodes' as unit,
        row_number() over (
            partition by viewer_id, year
            order by episode_count desc, evening_on asc, title asc
            rows between unbounded preceding and current row
        ) as highlight_rank
    from in_a_row

    union all

    select
        viewer_id,
        viewer_name,
        year,
        'most often seen again' as highlight,
        title as what,
        rewatch_count as amount,
        'times' as unit,
        row_number() over (
            partition by viewer_id, year
            order by rewatch_count desc, title asc
            rows between unbounded preceding and current row
        ) as highlight_rank
    from seen_again

    union all

    select
        viewer_id,
        viewer_name,
        year,
        'most often on the same evening' as highlight,
        pair as what,
        evening_count as amount,
        'evenings' as unit,
        row_number() over (
            partition by viewer_id, year
            order by evening_count desc, pair asc
            rows between unbounded preceding and current row
        ) as highlight_rank
    from together

    union all

    select
        viewer_id,
        viewer_name,
        year,
        'first of the year' as highlight,
        title || ', ' || started_local as what,
        null as amount,
        null as unit,
        first_rank as highlight_rank
    from first_and_last

    union all

    select
        viewer_id,
        viewer_name,
        year,
        'last of the year' as highlight,
        title || ', ' || started_local as what,
        null as amount,
        null as unit,
        last_rank as highlight_rank
    from first_and_last

),

highlights as (

    select
        viewer_id,

        viewer_name,
        year,
        highlight,
        what,
        unit,

        amount * 1.0 as amount
    from ranked
    where highlight_rank = 1

)

select * from highlights
