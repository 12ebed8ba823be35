-- Viewing by viewing the sessions that make it up, until they complete it. Of a user
-- and an item, or the viewing that one :session_id belongs to.
with

sessions as (

    select
        *,
        sum(total_seconds_watched) over (
            partition by viewing_number
            order by started_at rows between unbounded preceding and current row
        ) as seconds_so_far,
        {{ seconds_of_runtime(var('completed_ratio_threshold'), 'runtime_seconds') }}
            as completing_seconds
    from {{ ref('watch_sessions') }}
    where user_id = :user_id and item_id = :item_id

),

asked_for as (

    select
        *,
        -- Rounded up.
        cast(completing_seconds as integer)
        + (completing_seconds > cast(completing_seconds as integer)) as needed_seconds
    from sessions
    where
        :session_id is null
        or viewing_number in (
            select chosen.viewing_number
            from sessions as chosen
            where chosen.session_id = :session_id
        )

),

listed as (

    select
        viewing_number,
        started_at as sorted_by,
        'part' as kind,
        'session of ' || started_local as part,
        total_seconds_watched as amount,
        case
            when completing_seconds is null
                then 'Without a runtime no viewing is ever completed.'
            when completes_viewing
                then
                    printf(
                        'Completes it: %,d s so far, and %,d s are needed '
                        || '(%g %% of the runtime).',
                        seconds_so_far,
                        needed_seconds,
                        100 * {{ var('completed_ratio_threshold') }}
                    )
            else
                printf(
                    '%,d s so far, and %,d s are needed.',
                    seconds_so_far,
                    needed_seconds
                )
        end as words
    from asked_for

),

summed as (

    select
        viewing_number,
        '~' as sorted_by,
        'total' as kind,
        'seconds of the viewing' as part,
        max(seconds_so_far) as amount,
        case
            when max(completes_viewing)
                then
                    'Completed'
                    || case when viewing_number > 1 then ': seen again.' else '.' end
            else 'Not completed yet.'
        end as words
    from asked_for
    group by viewing_number

),

explained as (

    select * from listed
    union all
    select * from summed

)

select
    'Viewing ' || viewing_number as about,
    kind,
    part,
    amount,
    's' as unit,
    words
from explained
order by viewing_number, sorted_by
