{{ config(materialized='incremental', unique_key=['user_id', 'item_id']) }}

with

-- Not materialized: looked up by user and item, in the order in which it is kept.
observations as not materialized (

    select * from {{ ref('int_watch_event_observations_checked') }}

),

played as (

    select
        user_id,
        item_id,
        max(
            case
                when reason is null and item_name is not null then played_at_second
            end
        ) as last_named_at_second,
        max(
            case
                when reason is null and item_type is not null then played_at_second
            end
        ) as last_typed_at_second
    from observations
    {{ only_of(ref('int_user_items_observed')) }}
    group by user_id, item_id

),

named as (

    select
        played.user_id,
        played.item_id,
        (
            select observations.item_name
            from observations
            where
                observations.user_id = played.user_id
                and observations.item_id = played.item_id
                and observations.reason is null
                and observations.item_name is not null
            order by
                observations.played_at_local desc,
                observations.watched_seconds desc,
                observations.source asc,
                observations.play_duration_seconds asc,
                observations.pause_duration_seconds asc
            limit 1
        ) as last_item_name,
        (
            select observations.item_type
            from observations
            where
                observations.user_id = played.user_id
                and observations.item_id = played.item_id
                and observations.reason is null
                and observations.item_type is not null
            order by
                observations.played_at_local desc,
                observations.watched_seconds desc,
                observations.source asc,
                observations.play_duration_seconds asc,
                observations.pause_duration_seconds asc
            limit 1
        ) as last_item_type,
        played.last_named_at_second,
        played.last_typed_at_second
    from played

)

select * from named
