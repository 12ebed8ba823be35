-- The server's users, and whom another program alone tells of.
{{ config(materialized='table', post_hook=index_on(['user_id'])) }}

with

emby_users as (

    select * from {{ ref('int_emby_users_named') }}

),

observations as (

    select * from {{ ref('int_imported_observations_checked') }}

),

-- Under the name last heard; an id belongs to one program.
imported_names as (

    select
        observations.user_id,
        observations.user_name,
        {{ program_of('observations.source') }} as source,
        row_number() over (
            partition by observations.user_id
            order by
                case when observations.user_name is null then 1 else 0 end asc,
                coalesce(observations.started_epoch_seconds, -1) desc,
                observations.observation_id asc
            rows between unbounded preceding and current row
        ) as name_rank
    from observations
    left join emby_users
        on observations.user_id = emby_users.user_id
    where
        emby_users.user_id is null
        and not {{ is_blank('observations.user_id') }}

),

named as (

    select
        user_id,
        user_name,
        'emby' as source,
        is_hidden,
        is_removed
    from emby_users

    union all

    select
        user_id,
        coalesce(user_name, 'unknown') as user_name,
        source,
        false as is_hidden,
        true as is_removed
    from imported_names
    where name_rank = 1

)

select * from named
