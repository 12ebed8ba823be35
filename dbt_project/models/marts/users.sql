{{ config(post_hook=index_on(['user_id'])) }}

with

users as (

    select * from {{ ref('stg_emby__users') }}

),

watch_events as (

    select * from {{ ref('stg_emby__watch_events') }}

),

-- An account that was deleted before it was ever listed is known from what it
-- played. The plugin calls it "unknown" then, unless it was read in time.
watchers as (

    select
        user_id,
        coalesce(
            min(case when user_name <> 'unknown' then user_name end),
            'unknown'
        ) as user_name
    from watch_events
    group by user_id

),

unlisted as (

    select
        watchers.user_id,
        watchers.user_name,
        false as is_hidden,
        true as is_removed
    from watchers
    left join users
        on watchers.user_id = users.user_id
    where users.user_id is null

),

ever_seen as (

    select
        user_id,
        coalesce(user_name, 'unknown') as user_name,
        is_hidden,
        is_removed
    from users

    union all

    select * from unlisted

)

select * from ever_seen
