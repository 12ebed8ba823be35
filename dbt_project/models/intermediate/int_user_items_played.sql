-- Here a build finds out what the extractor brought: the events with a higher number
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
watch_events as not materialized (

    select * from {{ ref('int_watch_events_checked') }}

),

{% if is_incremental() %}

known as not materialized (

    select * from {{ this }}

),

-- No number, or a negative one: somebody else than the extractor wrote or changed it.
changed as (

    select
        user_id,
        item_id
    from watch_events
    where
        change_number is null
        or change_number < 0
        or change_number > (select coalesce(max(change_number), 0) from known)

),

{% endif %}

summed as (

    select
        user_id,
        item_id,
        sum(case when reason is null then 0 else 1 end) as rejected_event_count,
        max(abs(change_number)) as change_number
    from watch_events
    {% if is_incremental() %}
        where (user_id, item_id) in (select user_id, item_id from changed)
    {% endif %}
    group by user_id, item_id

),

numbered as (

    select
        user_id,
        item_id,
        rejected_event_count,
        change_number,
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
        numbered.rejected_event_count,
        numbered.change_number,
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
            select watch_events.played_at_local || watch_events.item_name
            from watch_events
            where
                watch_events.user_id = user_items.user_id
                and watch_events.item_id = user_items.item_id
                and watch_events.reason is null
                and watch_events.item_name <> ''
            order by watch_events.played_at_local desc
            limit 1
        ) as last_played_under_name,
        (
            select watch_events.played_at_local || watch_events.item_type
            from watch_events
            where
                watch_events.user_id = user_items.user_id
                and watch_events.item_id = user_items.item_id
                and watch_events.reason is null
                and watch_events.item_type <> ''
            order by watch_events.played_at_local desc
            limit 1
        ) as last_played_as_type,
        rejected_event_count,
        change_number,
        {{ build_number() }} as changed_in
    from {{ 'renumbered' if is_incremental() else 'numbered' }} as user_items

)

select * from named
