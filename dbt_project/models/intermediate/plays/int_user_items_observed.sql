-- Users and items with observations newer than the last complete build. Rows that were
-- inserted by hand have no load: every build takes them up again.
{{ config(materialized='table') }}

with

watch_event_observations as (

    select * from {{ ref('int_watch_event_observations_checked') }}

),

observed as (

    select distinct
        user_id,
        item_id
    from watch_event_observations
    where load_id = 0 or load_id > {{ last_load_built() }}

)

select * from observed
