-- What a build has to form again of sessions, viewings and statistics.
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
