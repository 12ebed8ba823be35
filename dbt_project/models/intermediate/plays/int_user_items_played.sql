{{ config(materialized='incremental', unique_key=['user_id', 'item_id']) }}

with

-- Not materialized: looked up by user and item, in the order in which it is kept.
watch_event_observations as {{ materialized(false) }} (

    select * from {{ ref('int_watch_event_observations_checked') }}
    where not {{ is_blank('user_id') }}

),

played as (

    select
        user_id,
        item_id,
        {{ gather_what_was_told_last(['item_name', 'item_type']) }}
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
        {{ told_last('item_name') }} as last_item_name,
        {{ told_last('item_type') }} as last_item_type,
        played.last_named_at_second,
        played.last_typed_at_second
    from played

)

select * from named
