-- The extractor may append while a build runs. A build takes up what was there when it
-- found out what is new, and every model after that sees the same observations.
with

observations as (

    select * from {{ ref('int_watch_event_observations_checked') }}

),

user_items as (

    select * from {{ ref('int_user_items_played') }}

),

built as (

    select * from observations
    where
        load_id is null
        or load_id <= (select coalesce(max(load_id), 0) from user_items)

)

select * from built
