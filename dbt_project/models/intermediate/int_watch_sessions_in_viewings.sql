-- The sum starts again where a viewing is completed, which no window function can
-- say: a session has to know where its predecessor left off.
{{ config(materialized='table', post_hook=index_on(['session_id'])) }}

with recursive

sessions as (

    select * from {{ ref('int_watch_sessions_ordered') }}

),

counted as (

    select
        session_id,
        user_id,
        item_id,
        session_number,
        1 as viewing_number,
        total_seconds_watched as viewing_seconds,
        -- Without a runtime nothing is ever completed.
        coalesce(total_seconds_watched >= completing_seconds, false)
            as completes_viewing
    from sessions
    where session_number = 1

    union all

    select
        sessions.session_id,
        sessions.user_id,
        sessions.item_id,
        sessions.session_number,
        case
            when counted.completes_viewing then counted.viewing_number + 1
            else counted.viewing_number
        end as viewing_number,
        case
            when counted.completes_viewing then sessions.total_seconds_watched
            else counted.viewing_seconds + sessions.total_seconds_watched
        end as viewing_seconds,
        coalesce(
            case
                when counted.completes_viewing then sessions.total_seconds_watched
                else counted.viewing_seconds + sessions.total_seconds_watched
            end >= sessions.completing_seconds,
            false
        ) as completes_viewing
    from counted
    inner join sessions
        on
            counted.user_id = sessions.user_id
            and counted.item_id = sessions.item_id
            and counted.session_number + 1 = sessions.session_number

),

concluded as (

    select
        session_id,
        viewing_number,
        completes_viewing
    from counted

)

select * from concluded
