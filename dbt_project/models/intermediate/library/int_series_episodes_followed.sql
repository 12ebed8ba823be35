-- The next episode is the first in the library that starts after the last number of
-- this one: not the second half of a double episode, and not another file of the same.
{{
    config(
        materialized='table',
        meta={'made_of': 'library'},
        post_hook=index_on(['item_id'])
    )
}}

with

series_episodes as (

    select * from {{ ref('int_series_episodes_ordered') }}
    where is_in_order

),

starts_and_ends as (

    select
        series_id,
        item_id,
        season_number,
        episode_number as number,
        1 as is_start
    from series_episodes
    where is_in_library

    union all

    select
        series_id,
        item_id,
        season_number,
        last_episode_number as number,
        0 as is_start
    from series_episodes

),

-- At one number starts come first, so that an episode does not follow itself.
placed as (

    select
        *,
        row_number() over (
            partition by series_id
            order by season_number asc, number asc, is_start desc, item_id asc
            rows between unbounded preceding and current row
        ) as place
    from starts_and_ends

),

with_next_place as (

    select
        *,
        min(case when is_start = 1 then place end) over (
            partition by series_id
            order by place
            rows between 1 following and unbounded following
        ) as next_place
    from placed

),

followed as (

    select
        ends.item_id,
        starts.item_id as next_item_id
    from with_next_place as ends
    left join placed as starts
        on
            ends.series_id = starts.series_id
            and ends.next_place = starts.place
    where ends.is_start = 0

)

select * from followed
