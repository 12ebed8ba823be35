-- What stands out in a year, of each user and of the household, where `viewer_id` is
-- empty. Candidates are gathered per user; of a highlight the one with the highest rank
-- is taken.
with

watch_sessions as (

    select * from {{ ref('watch_sessions') }}

),

evenings as (

    select * from {{ ref('evenings') }}

),

items as (

    select * from {{ ref('items') }}

),

titles as (

    select * from {{ ref('report_titles') }}

),

dated as (

    select
        user_id,
        user_name,
        item_id,
        item_name,
        evening_on,
        {{ year_of('evening_on') }} as year,
        started_local,
        completes_viewing
    from watch_sessions

),

years as (

    select
        user_id,
        year,
        min(started_local) as first_started_local,
        max(started_local) as last_started_local
    from dated
    group by user_id, year

),

first_and_last as (

    select
        user_id,
        year,
        'first of the year' as highlight,
        first_started_local as started_local,
        -1 as direction
    from years

    union all

    select
        user_id,
        year,
        'last of the year' as highlight,
        last_started_local as started_local,
        1 as direction
    from years

),

first_and_last_titles as (

    select
        dated.user_id,
        dated.user_name,
        dated.year,
        first_and_last.highlight,
        coalesce(items.series_name, items.item_name, dated.item_name, '?')
        || ', ' || substr(dated.started_local, 1, 16) as what,
        null as unit,
        null as amount,
        first_and_last.direction
        * {{ epoch_seconds('dated.started_local') }} as highest
    from first_and_last
    inner join dated
        on
            first_and_last.user_id = dated.user_id
            and first_and_last.started_local = dated.started_local
    left join items
        on dated.item_id = items.item_id

),

in_a_row as (

    select
        dated.user_id,
        dated.user_name,
        dated.year,
        'most episodes on one evening' as highlight,
        max(items.series_name) || ', ' || dated.evening_on as what,
        'episodes' as unit,
        count(distinct dated.item_id) as amount,
        count(distinct dated.item_id) as highest
    from dated
    inner join items
        on
            dated.item_id = items.item_id
            and items.series_id is not null
    where dated.completes_viewing
    group by
        dated.user_id,
        dated.user_name,
        dated.year,
        items.series_id,
        dated.evening_on

),

longest as (

    select
        user_id,
        viewer_name,
        {{ year_of('evening_on') }} as year,
        'longest evening' as highlight,
        evening_on as what,
        'hours' as unit,
        on_seconds / 3600.0 as amount,
        on_seconds as highest
    from evenings

),

seen_again as (

    select
        user_id,
        user_name,
        year,
        'most often seen again' as highlight,
        title as what,
        'times' as unit,
        rewatch_count as amount,
        rewatch_count as highest
    from titles
    where
        rewatch_count > 0
        and year in (select years.year from years)

),

seen_again_by_all as (

    select
        '' as viewer_id,
        'Everybody' as viewer_name,
        year,
        'most often seen again' as highlight,
        max(title) as what,
        'times' as unit,
        sum(rewatch_count) as amount,
        sum(rewatch_count) as highest
    from titles
    where
        rewatch_count > 0
        and year in (select years.year from years)
    group by title_id, year

),

-- Two who watch the same film or episode on one evening.
evening_items as (

    select distinct
        item_id,
        evening_on,
        year,
        user_id,
        user_name
    from dated

),

together as (

    select
        '' as viewer_id,
        'Everybody' as viewer_name,
        one.year,
        'most often on the same evening' as highlight,
        max(one.user_name) || ' and ' || max(other.user_name) as what,
        'evenings' as unit,
        count(distinct one.evening_on) as amount,
        count(distinct one.evening_on) as highest
    from evening_items as one
    inner join evening_items as other
        on
            one.item_id = other.item_id
            and one.evening_on = other.evening_on
            and one.user_id < other.user_id
    group by one.user_id, other.user_id, one.year

),

-- The first of anybody is the first of all, and so with the others.
of_viewers as (

    select
        user_id as viewer_id,
        user_name as viewer_name,
        year,
        highlight,
        what,
        unit,
        amount,
        highest
    from (
        select * from first_and_last_titles
        union all
        select * from in_a_row
        union all
        select * from seen_again
    ) as of_users

    union all

    select
        '' as viewer_id,
        'Everybody' as viewer_name,
        year,
        highlight,
        what,
        unit,
        amount,
        highest
    from (
        select * from first_and_last_titles
        union all
        select * from in_a_row
    ) as of_anybody

    union all

    select
        coalesce(user_id, '') as viewer_id,
        viewer_name,
        year,
        highlight,
        what,
        unit,
        amount,
        highest
    from longest

    union all

    select * from seen_again_by_all

    union all

    select * from together

),

ranked as (

    select
        *,
        row_number() over (
            partition by viewer_id, year, highlight
            order by highest desc, what asc
            rows between unbounded preceding and current row
        ) as highlight_rank
    from of_viewers

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
