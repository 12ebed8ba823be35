-- The sum starts again where a viewing is completed, which no window function can
-- say: a session has to know where its predecessor left off.
{{ config(materialized='incremental') }}

with recursive

-- Not materialized: looked up by user, item and start.
sessions as not materialized (

    select * from {{ ref('int_watch_sessions_formed') }}

),

rated as (

    select * from {{ ref('int_watch_sessions_rated') }}

),

firsts as (

    select
        user_item_number,
        min(started_epoch_seconds) as started_epoch_seconds
    from sessions
    {{ only_changed('user_item_number') }}
    group by user_item_number

),

counted as (

    select
        rated.user_item_number,
        rated.started_epoch_seconds,
        1 as viewing_number,
        rated.total_seconds_watched as viewing_seconds,
        -- Of the item, and so of all the sessions to come.
        rated.completing_seconds,
        -- Without a runtime nothing is ever completed.
        coalesce(rated.total_seconds_watched >= rated.completing_seconds, false)
            as completes_viewing
    from firsts
    inner join rated
        on
            firsts.user_item_number = rated.user_item_number
            and firsts.started_epoch_seconds = rated.started_epoch_seconds

    union all

    select
        sessions.user_item_number,
        sessions.started_epoch_seconds,
        case
            when counted.completes_viewing then counted.viewing_number + 1
            else counted.viewing_number
        end as viewing_number,
        case
            when counted.completes_viewing then sessions.total_seconds_watched
            else counted.viewing_seconds + sessions.total_seconds_watched
        end as viewing_seconds,
        counted.completing_seconds,
        coalesce(
            case
                when counted.completes_viewing then sessions.total_seconds_watched
                else counted.viewing_seconds + sessions.total_seconds_watched
            end >= counted.completing_seconds,
            false
        ) as completes_viewing
    from counted
    inner join sessions
        on
            counted.user_item_number = sessions.user_item_number
            and sessions.started_epoch_seconds = (
                select min(later.started_epoch_seconds)
                from sessions as later
                where
                    later.user_item_number = counted.user_item_number
                    and later.started_epoch_seconds > counted.started_epoch_seconds
            )

),

concluded as (

    select
        user_item_number,
        viewing_number,
        completes_viewing,
        started_epoch_seconds
    from counted

)

select * from concluded
