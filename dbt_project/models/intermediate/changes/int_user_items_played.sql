{{ config(materialized='incremental', unique_key=['user_id', 'item_id']) }}

with

-- Not materialized: looked up by user and item, in the order in which it is kept.
watch_event_observations as not materialized (

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
    from watch_event_observations
    {{ only_of(ref('int_user_items_observed')) }}
    group by user_id, item_id

),

named as (

    select
        played.user_id,
        played.item_id,
        (
            select watch_event_observations.item_name
            from watch_event_observations
            where
                watch_event_observations.user_id = played.user_id
                and watch_event_observations.item_id = played.item_id
                and watch_event_observations.reason is null
                and watch_event_observations.item_name is not null
            order by
                watch_event_observations.played_at_local desc,
                watch_event_observations.watched_seconds desc,
                watch_event_observations.source asc,
                watch_event_observations.play_duration_seconds asc,
                watch_event_observations.pause_duration_seconds asc
            limit 1
        ) as last_item_name,
        (
            select watch_event_observations.item_type
            from watch_event_observations
            where
                watch_event_observations.user_id = played.user_id
                and watch_event_observations.item_id = played.item_id
                and watch_event_observations.reason is null
                and watch_event_observations.item_type is not null
            order by
                watch_event_observations.played_at_local desc,
                watch_event_observations.watched_seconds desc,
                watch_event_observations.source asc,
                watch_event_observations.play_duration_seconds asc,
                watch_event_observations.pause_duration_seconds asc
            limit 1
        ) as last_item_type,
        played.last_named_at_second,
        played.last_typed_at_second
    from played

)

select * from named
