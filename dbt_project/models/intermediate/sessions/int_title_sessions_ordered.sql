-- The sessions of titles that are several items, in order: two of them may begin in the
-- same second.
{{ config(materialized='table') }}

with

user_titles as (

    select * from {{ ref('int_user_titles_in_parts') }}

),

watch_sessions as (

    select * from {{ ref('int_watch_sessions_rated') }}

),

ordered as (

    select
        user_titles.user_id,
        user_titles.first_item_id,
        user_titles.item_id,
        watch_sessions.total_seconds_watched,
        watch_sessions.completing_seconds,
        watch_sessions.started_epoch_seconds,
        row_number() over (
            partition by user_titles.user_id, user_titles.first_item_id
            order by watch_sessions.started_epoch_seconds, user_titles.item_id
            rows between unbounded preceding and current row
        ) as session_rank
    from user_titles
    inner join watch_sessions
        on
            user_titles.user_id = watch_sessions.user_id
            and user_titles.item_id = watch_sessions.item_id

)

select * from ordered
