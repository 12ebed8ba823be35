-- Session by session: runtime and its basis, completion ratio, the thresholds and the
-- outcome. Of a user and an item, or of one :session_id.
with

sessions as (

    select * from {{ ref('watch_sessions') }}
    where
        user_id = :user_id
        and item_id = :item_id
        and session_id = coalesce(:session_id, session_id)

),

runtimes as (

    select
        started_at,
        started_local,
        1 as sorted_by,
        'fact' as kind,
        'runtime' as part,
        runtime_seconds as amount,
        's' as unit,
        case runtime_basis
            when 'actual' then 'As the library tells it, or else another program.'
            when 'fallback'
                then
                    'Neither the library nor another program tells it: the one set for '
                    || case item_type
                        when 'Episode' then 'an episode.' else 'a film.'
                    end
            else
                'Not known, and there is none to assume for what is no film or episode.'
        end as words
    from sessions

),

completions as (

    select
        started_at,
        started_local,
        2 as sorted_by,
        'quotient' as kind,
        'completion ratio' as part,
        completion_ratio as amount,
        '' as unit,
        case
            when runtime_seconds is null then 'Without a runtime there is none.'
            else
                printf('%,d s watched / %,d s', total_seconds_watched, runtime_seconds)
                || case
                    when total_seconds_watched > runtime_seconds then ', and 1 at most'
                    else ''
                end
        end as words
    from sessions

),

thresholds as (

    select
        'completed' as outcome,
        3 as sorted_by,
        {{ var('completed_ratio_threshold') }} as share,
        null as seconds
    union all
    select
        'partial' as outcome,
        4 as sorted_by,
        {{ var('partial_ratio_threshold') }} as share,
        null as seconds
    union all
    select
        'sampled' as outcome,
        5 as sorted_by,
        null as share,
        {{ var('min_sampled_seconds') }} as seconds

),

limits as (

    select
        sessions.started_at,
        sessions.started_local,
        thresholds.sorted_by,
        'fact' as kind,
        thresholds.outcome || ' from' as part,
        coalesce(
            round(thresholds.share * sessions.runtime_seconds, 6), thresholds.seconds
        ) as amount,
        's' as unit,
        case
            when thresholds.share is null then 'As the settings say.'
            else printf('%g', 100 * thresholds.share) || ' % of the runtime'
        end as words
    from sessions
    cross join thresholds
    where sessions.runtime_seconds is not null

),

outcomes as (

    select
        started_at,
        started_local,
        6 as sorted_by,
        'fact' as kind,
        'outcome' as part,
        total_seconds_watched as amount,
        's' as unit,
        upper(substr(outcome, 1, 1)) || substr(outcome, 2)
        || case outcome
            when 'abandoned' then ': less than any of these.'
            when 'unknown' then ': there is nothing to compare with.'
            else ': the first of these that the seconds watched reach.'
        end as words
    from sessions

),

explained as (

    select * from runtimes
    union all
    select * from completions
    union all
    select * from limits
    union all
    select * from outcomes

)

select
    'How much of it, in the session of ' || started_local as about,
    kind,
    part,
    amount,
    unit,
    words
from explained
order by started_at, sorted_by
