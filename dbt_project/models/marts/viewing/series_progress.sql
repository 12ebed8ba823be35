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
        title_episodes.series_id,
        case
            when user_title_stats.viewing_count > 0 then title_episodes.place_in_series
        end as completed_place
    from user_title_stats
    inner join title_episodes
        on user_title_stats.title_id = title_episodes.title_id

),

-- The furthest in the series' order, and not the latest in time: rewatching early
-- episodes does not move progress back.
furthest as (

    select
        user_id,
        series_id,
        max(user_name) as user_name,
        count(completed_place) as episodes_completed,
        max(completed_place) as furthest_place,
        max(last_watched_at) as last_watched_at
    from watched
    group by user_id, series_id

),

begun as (

    select
        furthest.user_id,
        furthest.series_id,
        furthest.user_name,
        furthest.episodes_completed,
        title_episodes.item_id as last_completed_item_id,
        title_episodes.episode_code as last_completed_episode,
        furthest.last_watched_at
    from furthest
    left join title_episodes
        on
            furthest.series_id = title_episodes.series_id
            and furthest.furthest_place = title_episodes.place_in_series

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
