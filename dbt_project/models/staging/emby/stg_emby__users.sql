with

users as (

    select * from {{ source('emby', 'raw_emby_users') }}

),

unpacked as (

    select
        user_id,
        user_name,
        {{ json_boolean('payload', 'Policy.IsHidden') }} as is_hidden,
        removed_at is not null as is_removed
    from users

)

select * from unpacked
