-- A running sum that starts again at a threshold needs recursion: window functions
-- cannot express it.
{{ config(materialized='incremental', unique_key=['user_id', 'item_id']) }}

with recursive

-- Not materialized: looked up by user, item and start.
sessions as {{ materialized(false) }} (

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

    {{ sessions_counted(
        of='item_id',
        position='started_epoch_seconds',
        rated='rated',
        completing='counted'
    ) }}

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
