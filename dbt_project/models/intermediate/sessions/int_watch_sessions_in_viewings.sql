-- A running sum that starts again at a threshold needs recursion: window functions
-- cannot express it.
{{ config(materialized='incremental', unique_key=['user_id', 'item_id']) }}

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
        user_id,
        item_id,
        min(started_epoch_seconds) as started_epoch_seconds
    from sessions
    {{ only_of(ref('int_user_items_changed')) }}
    group by user_id, item_id

),

counted as (

    select
        rated.user_id,
        rated.item_id,
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
            firsts.user_id = rated.user_id
            and firsts.item_id = rated.item_id
            and firsts.started_epoch_seconds = rated.started_epoch_seconds

    union all

    select
        sessions.user_id,
        sessions.item_id,
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
            counted.user_id = sessions.user_id
            and counted.item_id = sessions.item_id
            and sessions.started_epoch_seconds = (
                select min(later.started_epoch_seconds)
                from sessions as later
                where
                    later.user_id = counted.user_id
                    and later.item_id = counted.item_id
                    and later.started_epoch_seconds > counted.started_epoch_seconds
            )

),

concluded as (

    select
        user_id,
        item_id,
        viewing_number,
        completes_viewing,
        started_epoch_seconds
    from counted

)

select * from concluded
