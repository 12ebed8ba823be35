-- As int_watch_sessions_in_viewings, for each scenario.
{{ config(post_hook=index_on(['user_id', 'scenario_item_id'])) }}

with recursive

-- Not materialized: looked up by user, scenario and item, and start.
sessions as {{ materialized(false) }} (

    select * from {{ ref('int_scenario_sessions_rated') }}

),

firsts as (

    select
        user_id,
        scenario_item_id,
        min(started_epoch_seconds) as started_epoch_seconds
    from sessions
    group by user_id, scenario_item_id

),

counted as (

    {{ sessions_counted(
        of='scenario_item_id',
        position='started_epoch_seconds',
        rated='sessions',
        completing='counted'
    ) }}

),

concluded as (

    select
        user_id,
        scenario_item_id,
        viewing_number,
        completes_viewing,
        started_epoch_seconds
    from counted

)

select * from concluded
