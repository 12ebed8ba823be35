-- Whom a person of another program may be, by each way to know: 1 the id, 2 the name,
-- 3 the seed, and 4 a user of their own.
with

plays as (

    select * from {{ ref('int_imported_plays_united') }}

),

users as (

    select
        user_id,
        {{ lower_ascii('user_id') }} as lower_user_id,
        {{ lower_ascii("nullif(user_name, 'unknown')") }} as lower_user_name
    from {{ ref('int_emby_users_named') }}

),

user_names as (

    select
        source,
        {{ lower_ascii('name') }} as lower_name,
        {{ lower_ascii('user_name') }} as lower_user_name
    from {{ ref('user_names') }}

),

called as (

    select distinct
        user_id as imported_user_id,
        {{ lower_ascii('user_id') }} as lower_user_id,
        {{ program_of('source') }} as program,
        {{ lower_ascii('user_name') }} as lower_name
    from plays
    where not {{ is_blank("coalesce(user_id, '')") }}

),

-- Twice by one way is once: of one person several names may be known.
matched as (

    select
        called.imported_user_id,
        users.user_id,
        called.program,
        1 as way
    from called
    inner join users
        on called.lower_user_id = users.lower_user_id

    union

    select
        called.imported_user_id,
        users.user_id,
        called.program,
        2 as way
    from called
    inner join users
        on called.lower_name = users.lower_user_name

    union

    select
        called.imported_user_id,
        users.user_id,
        called.program,
        3 as way
    from called
    inner join user_names
        on
            called.program = user_names.source
            and called.lower_name = user_names.lower_name
    inner join users
        on user_names.lower_user_name = users.lower_user_name

    union

    select
        imported_user_id,
        imported_user_id as user_id,
        program,
        4 as way
    from called

)

select * from matched
