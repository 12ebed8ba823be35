-- How the numbers of a user and an item in user_item_stats come about: seconds and
-- completed viewings, viewing by viewing, and the parts of the adherence score.
with

viewings as (

    select
        viewing_number,
        count(*) as session_count,
        sum(total_seconds_watched) as seconds,
        max(completes_viewing) as is_completed,
        max(runtime_seconds) as runtime_seconds
    from {{ ref('watch_sessions') }}
    where user_id = :user_id and item_id = :item_id
    group by viewing_number

),

statistics as (

    select
        user_item_stats.*,
        (select max(viewings.runtime_seconds) from viewings) as runtime_seconds
    from {{ ref('user_item_stats') }} as user_item_stats
    where user_item_stats.user_id = :user_id and user_item_stats.item_id = :item_id

),

ratios as (

    select
        statistics.*,
        {{ parts_of_adherence('statistics', 'statistics.runtime_seconds') }}
    from statistics

),

seconds_watched as (

    select
        1 as sorted_by,
        'Seconds watched in all' as about,
        'part' as kind,
        'viewing ' || viewing_number as part,
        seconds as amount,
        's' as unit,
        session_count
        || case when session_count = 1 then ' session' else ' sessions' end as words
    from viewings
    union all
    select
        1 as sorted_by,
        'Seconds watched in all' as about,
        'total' as kind,
        'seconds watched' as part,
        total_seconds_watched as amount,
        's' as unit,
        session_count
        || case when session_count = 1 then ' session' else ' sessions' end as words
    from statistics

),

viewings_completed as (

    select
        2 as sorted_by,
        'Completed viewings' as about,
        'part' as kind,
        'viewing ' || viewing_number as part,
        is_completed as amount,
        '' as unit,
        case when is_completed then 'completed' else 'not completed' end as words
    from viewings
    union all
    select
        2 as sorted_by,
        'Completed viewings' as about,
        'total' as kind,
        'completed viewings' as part,
        viewing_count as amount,
        '' as unit,
        'of which seen again: ' || rewatch_count as words
    from statistics

),

adherence as (

    select
        3 as sorted_by,
        'Adherence score' as about,
        'part' as kind,
        'best session' as part,
        {{ var('adherence_completion_weight') }} * best_completion_ratio as amount,
        '' as unit,
        {{ var('adherence_completion_weight') }} || ' x '
        || printf('%.6g', best_completion_ratio)
        || ', the completion ratio of the best session' as words
    from ratios
    where runtime_seconds is not null
    union all
    select
        3 as sorted_by,
        'Adherence score' as about,
        'part' as kind,
        'coming back' as part,
        {{ var('adherence_return_weight') }} * return_ratio as amount,
        '' as unit,
        {{ var('adherence_return_weight') }} || ' x ' || printf('%.6g', return_ratio)
        || ': ' || session_count || ' of ' || {{ var('adherence_return_sessions') }}
        || ' sessions, and 1 at most' as words
    from ratios
    where runtime_seconds is not null
    union all
    select
        3 as sorted_by,
        'Adherence score' as about,
        'part' as kind,
        'time in all' as part,
        {{ var('adherence_total_weight') }} * total_ratio as amount,
        '' as unit,
        {{ var('adherence_total_weight') }} || ' x ' || printf('%.6g', total_ratio)
        || printf(': %,d s of %,d s', total_seconds_watched, runtime_seconds)
        || ', and 1 at most' as words
    from ratios
    where runtime_seconds is not null
    union all
    select
        3 as sorted_by,
        'Adherence score' as about,
        'total' as kind,
        'adherence score' as part,
        adherence_score as amount,
        '' as unit,
        case
            when runtime_seconds is null then 'Without a runtime there is none.'
            else 'the sum of the three'
        end as words
    from ratios

),

explained as (

    select * from seconds_watched
    union all
    select * from viewings_completed
    union all
    select * from adherence

)

select
    about,
    kind,
    part,
    amount,
    unit,
    words
from explained
order by sorted_by, kind, part
