-- Users and items whose sessions, viewings and statistics a build has to form again.
with

user_items as (

    select * from {{ ref('int_user_items_described') }}

),

changed as (

    select
        user_id,
        item_id
    from user_items
    where changed_in_build > {{ last_complete_build() }}

)

select * from changed
