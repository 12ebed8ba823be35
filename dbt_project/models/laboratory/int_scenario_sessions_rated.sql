-- The rules are those of int_watch_sessions_rated, with the scenario's numbers; a data
-- test holds the scenario of this project against that model.
{{
    config(
        post_hook=index_on(['user_id', 'scenario_item_id', 'started_epoch_seconds'])
    )
}}

with

formed as (

    select * from {{ ref('int_scenario_sessions_formed') }}

),

user_items as (

    select * from {{ ref('int_user_items_described') }}

),

with_runtime as (

    select
        formed.scenario,
        formed.user_id,
        formed.scenario || '|' || formed.item_id as scenario_item_id,
        formed.total_seconds_watched,
        formed.sampled_seconds,
        formed.started_epoch_seconds,
        user_items.runtime_seconds,
        {{ seconds_of_runtime('formed.completed_ratio', 'user_items.runtime_seconds') }}
            as completing_seconds,
        {{ seconds_of_runtime('formed.partial_ratio', 'user_items.runtime_seconds') }}
            as partial_from_seconds
    from formed
    inner join user_items
        on
            formed.user_id = user_items.user_id
            and formed.item_id = user_items.item_id

),

rated as (

    select
        with_runtime.*,
        {{ outcome_of(
            'with_runtime.total_seconds_watched',
            sessions='with_runtime',
            sampled_from_seconds='with_runtime.sampled_seconds'
        ) }} as outcome
    from with_runtime

)

select * from rated
