{{ config(materialized='incremental', unique_key=['user_id', 'item_id']) }}

with

watch_sessions as (

    select * from {{ ref('watch_sessions') }}
    {{ only_of(ref('int_user_items_changed')) }}

),

user_items as (

    select * from {{ ref('int_user_items_described') }}

),

summed as (

    select
        watch_sessions.user_id,
        watch_sessions.item_id,
        sum(case when watch_sessions.completes_viewing then 1 else 0 end)
            as viewing_count,
        {{ sums_of_sessions() }}
    from watch_sessions
    group by watch_sessions.user_id, watch_sessions.item_id

),

with_parts as (

    select
        summed.*,
        user_items.user_item_id,
        user_items.user_name,
        user_items.item_name,
        user_items.item_type,
        user_items.is_in_library,
        {{ parts_of_adherence('summed', 'user_items.runtime_seconds') }}
    from summed
    inner join user_items
        on
            summed.user_id = user_items.user_id
            and summed.item_id = user_items.item_id

),

scored as (

    select
        user_item_id,
        user_id,
        item_id,

        user_name,
        item_name,
        item_type,

        {{ statistics() }},

        is_in_library,

        first_watched_at,
        last_watched_at
    from with_parts

)

select * from scored
