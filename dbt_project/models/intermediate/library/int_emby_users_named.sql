{{ config(materialized='table', post_hook=index_on(['user_id'])) }}

with

users as (

    select * from {{ ref('stg_emby__users') }}

),

watchers as (

    select distinct user_id from {{ ref('int_user_items_played') }}

),

watch_event_observations as (

    select * from {{ ref('stg_emby__watch_event_observations') }}

),

ever_seen as (

    select
        users.user_id,
        nullif(users.user_name, '') as user_name,
        users.is_hidden,
        users.is_removed
    from users

    union all

    select
        watchers.user_id,
        null as user_name,
        false as is_hidden,
        true as is_removed
    from watchers
    left join users
        on watchers.user_id = users.user_id
    where users.user_id is null

),

-- An account that was deleted before it was ever listed is known from what it
-- played. The plugin calls it "unknown" then, unless it was read in time.
names as (

    select
        watch_event_observations.user_id,
        watch_event_observations.user_name,
        max(watch_event_observations.played_at_local) as last_played_at_local
    from watch_event_observations
    where
        watch_event_observations.user_id in (
            select ever_seen.user_id
            from ever_seen
            where ever_seen.user_name is null
        )
        and watch_event_observations.user_name not in ('', 'unknown')
    group by watch_event_observations.user_id, watch_event_observations.user_name

),

ranked as (

    select
        user_id,
        user_name,
        row_number() over (
            partition by user_id
            order by last_played_at_local desc, user_name asc
            rows between unbounded preceding and current row
        ) as name_rank
    from names

),

named as (

    select
        ever_seen.user_id,
        coalesce(ever_seen.user_name, ranked.user_name, 'unknown') as user_name,
        ever_seen.is_hidden,
        ever_seen.is_removed
    from ever_seen
    left join ranked
        on
            ever_seen.user_id = ranked.user_id
            and ranked.name_rank = 1

)

select * from named
