-- Viewings of a user and item are numbered 1, 2, 3; all but the last are completed.
with

viewings as (

    select
        user_id,
        item_id,
        viewing_number,
        sum(case when completes_viewing then 1 else 0 end) as completion_count
    from {{ ref('watch_sessions') }}
    {{ only_renewed() }}
    group by user_id, item_id, viewing_number

),

per_item as (

    select
        user_id,
        item_id,
        count(*) as viewing_count,
        max(viewing_number) as last_viewing_number,
        sum(completion_count) as completed_viewing_count,
        max(completion_count) as most_completions
    from viewings
    group by user_id, item_id

),

broken as (

    select * from per_item
    where
        viewing_count <> last_viewing_number
        or most_completions > 1
        or completed_viewing_count not in (viewing_count, viewing_count - 1)

)

select * from broken
