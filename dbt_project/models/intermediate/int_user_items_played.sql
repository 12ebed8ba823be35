-- Here a build finds out what the extractor brought: the observations of later loads
-- than any before. Everything after goes by the users and items that these are of.
{{
    config(
        materialized='incremental',
        unique_key=['user_id', 'item_id'],
        post_hook=index_on(['user_id', 'item_id'])
    )
}}

with

-- Not materialized: looked up by user and item, in the order in which it is kept.
observations as not materialized (

    select * from {{ ref('int_watch_event_observations_checked') }}

),

{% if is_incremental() %}

known as not materialized (

    select * from {{ this }}

),

-- Without the id of a load, somebody else than the extractor wrote it.
changed as (

    select
        user_id,
        item_id
    from observations
    where
        load_id is null
        or load_id > (select coalesce(max(load_id), 0) from known)

),

{% endif %}

summed as (

    select
        user_id,
        item_id,
        sum(case when reason is null then 0 else 1 end) as rejected_observation_count,
        max(load_id) as load_id
    from observations
    {% if is_incremental() %}
        where (user_id, item_id) in (select user_id, item_id from changed)
    {% endif %}
    group by user_id, item_id

),

numbered as (

    select
        user_id,
        item_id,
        rejected_observation_count,
        load_id,
        row_number() over (
            order by user_id, item_id
            rows between unbounded preceding and current row
        ) as user_item_number
    from summed

),

{% if is_incremental() %}

-- A user and item keep their number; new ones follow the highest.
renumbered as (

    select
        numbered.user_id,
        numbered.item_id,
        numbered.rejected_observation_count,
        numbered.load_id,
        coalesce(
            known.user_item_number,
            (select coalesce(max(user_item_number), 0) from known)
            + numbered.user_item_number
        ) as user_item_number
    from numbered
    left join known
        on
            numbered.user_id = known.user_id
            and numbered.item_id = known.item_id

),

{% endif %}

named as (

    select
        user_item_number,
        user_id,
        item_id,
        -- The time comes first, so that the largest of many is the latest.
        (
            select observations.played_at_second || observations.item_name
            from observations
            where
                observations.user_id = user_items.user_id
                and observations.item_id = user_items.item_id
                and observations.reason is null
                and observations.item_name <> ''
            order by
                observations.played_at_local desc,
                observations.watched_seconds desc,
                observations.observation_id asc
            limit 1
        ) as last_played_under_name,
        (
            select observations.played_at_second || observations.item_type
            from observations
            where
                observations.user_id = user_items.user_id
                and observations.item_id = user_items.item_id
                and observations.reason is null
                and observations.item_type <> ''
            order by
                observations.played_at_local desc,
                observations.watched_seconds desc,
                observations.observation_id asc
            limit 1
        ) as last_played_as_type,
        rejected_observation_count,
        load_id,
        {{ build_number() }} as changed_in
    from {{ 'renumbered' if is_incremental() else 'numbered' }} as user_items

)

select * from named
