-- How the numbers of a user and a title in user_title_stats come about, where the title
-- was played under several item ids: what each of them adds, and viewing by viewing.
-- Nothing where it is one item, whose numbers they are.
with

statistics as (

    select user_title_stats.*
    from {{ ref('user_title_stats') }} as user_title_stats
    inner join {{ ref('item_titles') }} as item_titles
        on user_title_stats.title_id = item_titles.title_id
    where
        user_title_stats.user_id = :user_id
        and item_titles.item_id = :item_id
        and user_title_stats.played_item_count > 1
        and :session_id is null

),

sessions as (

    select
        watch_sessions.item_id,
        watch_sessions.item_name,
        watch_sessions.started_local,
        watch_sessions.total_seconds_watched,
        title_sessions.viewing_number,
        title_sessions.completes_viewing
    from statistics
    inner join {{ ref('item_titles') }} as item_titles
        on statistics.title_id = item_titles.title_id
    inner join {{ ref('watch_sessions') }} as watch_sessions
        on
            item_titles.item_id = watch_sessions.item_id
            and watch_sessions.user_id = :user_id
    inner join {{ ref('int_title_sessions_in_viewings') }} as title_sessions
        on
            watch_sessions.user_id = title_sessions.user_id
            and watch_sessions.item_id = title_sessions.item_id
            and cast(strftime('%s', watch_sessions.started_at) as integer)
            = title_sessions.started_epoch_seconds

),

items_listed as (

    select
        1 as sorted_by,
        min(started_local) as sorted_within,
        'The same title under other ids' as about,
        'part' as kind,
        'item ' || item_id as part,
        sum(total_seconds_watched) as amount,
        's' as unit,
        count(*) || case when count(*) = 1 then ' session' else ' sessions' end
        || ', from ' || min(started_local) || ' on' as words
    from sessions
    group by item_id

),

items_summed as (

    select
        1 as sorted_by,
        null as sorted_within,
        'The same title under other ids' as about,
        'total' as kind,
        'seconds watched' as part,
        total_seconds_watched as amount,
        's' as unit,
        'of ' || title_id || ', in ' || session_count || ' sessions' as words
    from statistics

),

viewings_listed as (

    select
        2 as sorted_by,
        viewing_number as sorted_within,
        'Viewings of the title' as about,
        'part' as kind,
        'viewing ' || viewing_number as part,
        max(completes_viewing) as amount,
        '' as unit,
        printf('%,d s, from ', sum(total_seconds_watched))
        || min(started_local) || ' on: '
        || case when max(completes_viewing) then 'completed' else 'not completed' end
            as words
    from sessions
    group by viewing_number

),

viewings_summed as (

    select
        2 as sorted_by,
        null as sorted_within,
        'Viewings of the title' as about,
        'total' as kind,
        'completed viewings' as part,
        viewing_count as amount,
        '' as unit,
        'of which seen again: ' || rewatch_count as words
    from statistics

),

explained as (

    select * from items_listed
    union all
    select * from items_summed
    union all
    select * from viewings_listed
    union all
    select * from viewings_summed

)

select
    about,
    kind,
    part,
    amount,
    unit,
    words
from explained
order by sorted_by, kind, sorted_within, part
