with

users_named as (

    select * from {{ ref('int_users_named') }}

),

users as (

    select
        user_id,
        user_name,
        source,

        is_hidden,
        is_removed
    from users_named

)

select * from users
