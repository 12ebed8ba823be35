-- Users and items of which another program tells. What is nobody's is rejected.
with

observations as (

    select * from {{ ref('int_imported_observations_checked') }}

),

played as (

    select distinct
        user_id,
        item_id
    from observations
    where not {{ is_blank('user_id') }}

)

select * from played
