{{
    config(
        materialized='table',
        post_hook=index_on(['user_id', 'item_id', 'session_number'])
    )
}}

with

sessions as (

    select * from {{ ref('int_watch_sessions_rated') }}

),

ordered as (

    select
        session_id,
        user_id,
        item_id,
        row_number() over (
            partition by user_id, item_id
            order by started_epoch_seconds
        ) as session_number,
        total_seconds_watched,
        completing_seconds
    from sessions

)

select * from ordered
