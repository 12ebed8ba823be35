with

series_episodes as (

    select * from {{ ref('int_series_episodes_ordered') }}

),

ranked as (

    select
        *,
        row_number() over (
            partition by series_id, is_in_order and is_in_library
            order by season_number, episode_number, item_id
            rows between unbounded preceding and current row
        ) as episode_rank
    from series_episodes

),

described as (

    select
        series_id,

        max(series_name) as series_name,
        max(
            case
                when is_in_order and is_in_library and episode_rank = 1 then item_id
            end
        ) as first_item_id,

        sum(case when is_in_order and is_in_library then 1 else 0 end)
            as episodes_in_library
    from ranked
    group by series_id

)

select * from described
