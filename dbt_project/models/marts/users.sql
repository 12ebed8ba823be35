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
names as (

    select
        user_id,
        case when user_name not in ('', 'unknown') then user_name end as user_name,
        max(played_at_local) as last_played_at_local
    from watch_events
    group by
        user_id,
        case when user_name not in ('', 'unknown') then user_name end

),

ranked as (

    select
        *,
        row_number() over (
            partition by user_id
            order by
                case when user_name is null then 1 else 0 end asc,
                last_played_at_local desc,
                user_name asc
        ) as name_rank
    from names

),

watchers as (

    select
        user_id,
        user_name
    from ranked
    where name_rank = 1

),

unlisted as (

    select
        watchers.user_id,
        coalesce(watchers.user_name, 'unknown') as user_name,
        false as is_hidden,
        true as is_removed
    from watchers
    left join users
        on watchers.user_id = users.user_id
    where users.user_id is null

),

ever_seen as (

    select
        users.user_id,
        coalesce(nullif(users.user_name, ''), watchers.user_name, 'unknown')
            as user_name,
        users.is_hidden,
        users.is_removed
    from users
    left join watchers
        on users.user_id = watchers.user_id

    union all

    select * from unlisted

)

select * from ever_seen
