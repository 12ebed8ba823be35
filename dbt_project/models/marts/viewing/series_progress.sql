with

user_title_stats as (

    select * from {{ ref('user_title_stats') }}

),

title_episodes as (

    select * from {{ ref('int_title_episodes_chosen') }}

),

series_episodes as (

    select * from {{ ref('int_series_episodes_ordered') }}

),

series_episodes_followed as (

    select * from {{ ref('int_series_episodes_followed') }}

),

series as (

    select * from {{ ref('int_series_described') }}

),

watched as (

    select
        user_title_stats.user_id,
        user_title_stats.user_name,
        user_title_stats.last_watched_at,
        user_title_stats.viewing_count > 0 and title_episodes.is_in_order
            as is_completed,
        title_episodes.series_id,
        title_episodes.item_id,
        title_episodes.episode_code,
        title_episodes.season_number,
        title_episodes.last_episode_number
    from user_title_stats
    inner join title_episodes
        on user_title_stats.title_id = title_episodes.title_id

),

-- The furthest in the series' order, and not the latest in time: rewatching early
-- episodes does not move progress back.
ranked as (

    select
        *,
        row_number() over (
            partition by user_id, series_id
            order by
                is_completed desc,
                season_number desc,
                last_episode_number desc,
                item_id desc
            rows between unbounded preceding and current row
        ) as furthest_rank
    from watched

),

begun as (

    select
        user_id,
        series_id,
        max(user_name) as user_name,
        sum(case when is_completed then 1 else 0 end) as episodes_completed,
        max(case when is_completed and furthest_rank = 1 then item_id end)
            as last_completed_item_id,
        max(case when is_completed and furthest_rank = 1 then episode_code end)
            as last_completed_episode,
        max(last_watched_at) as last_watched_at
    from ranked
    group by user_id, series_id

),

continued as (

    select
        begun.*,
        series.series_name,
        series.episodes_in_library,
        case
            when begun.last_completed_item_id is null then series.first_item_id
            else series_episodes_followed.next_item_id
        end as next_item_id
    from begun
    inner join series
        on begun.series_id = series.series_id
    left join series_episodes_followed
        on begun.last_completed_item_id = series_episodes_followed.item_id

),

described as (

    select
        {{ concatenated_key(['continued.user_id', 'continued.series_id']) }}
            as user_series_id,
        continued.user_id,
        continued.series_id,
        continued.next_item_id,

        continued.user_name,
        continued.series_name,
        continued.last_completed_episode,
        series_episodes.item_name as next_item_name,

        continued.episodes_in_library,
        continued.episodes_completed,
        series_episodes.season_number as next_season_number,
        series_episodes.episode_number as next_episode_number,

        continued.episodes_completed > 0
        and continued.next_item_id is null as is_caught_up,

        continued.last_watched_at
    from continued
    left join series_episodes
        on continued.next_item_id = series_episodes.item_id

)

select * from described
