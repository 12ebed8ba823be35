-- As int_watch_sessions_in_viewings, by title: what completes a viewing is the runtime
-- of the item that is then being watched.
{{ config(materialized='table') }}

with recursive

-- Not materialized: looked up by user, title and rank.
sessions as {{ materialized(false) }} (

    select * from {{ ref('int_title_sessions_ordered') }}

),

firsts as (

    select
        user_id,
        first_item_id,
        session_rank
    from sessions
    where session_rank = 1

),

counted as (

    {{ sessions_counted(
        of='first_item_id',
        position='session_rank',
        rated='sessions',
        completing='sessions'
    ) }}

),

concluded as (

    select
        sessions.user_id,
        sessions.first_item_id,
        sessions.item_id,
        counted.viewing_number,
        counted.completes_viewing,
        sessions.started_epoch_seconds
    from counted
    inner join sessions
        on
            counted.user_id = sessions.user_id
            and counted.first_item_id = sessions.first_item_id
            and counted.session_rank = sessions.session_rank

)

select * from concluded
