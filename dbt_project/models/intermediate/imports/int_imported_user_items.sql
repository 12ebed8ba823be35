-- Users and items of which another program tells.
with

observations as (

    select * from {{ ref('int_imported_observations_checked') }}

),

played as (

    select distinct
        user_id,
        item_id
    from observations

)

select * from played
