-- Of the observations of one event the longest is used.
{{ config(materialized='incremental') }}

with

observations as (

    select * from {{ ref('int_watch_event_observations_built') }}
    {{ only_changed('user_id, item_id') }}

),

user_items as (

    select * from {{ ref('int_user_items_described') }}

),

-- A number instead of two ids, because long histories are sorted by it.
numbered as (

    select
        user_items.user_item_number,
        observations.source,
        observations.play_duration_seconds,
        observations.pause_duration_seconds,
        observations.watched_seconds,
        observations.paused_seconds,
        observations.load_id,
        observations.started_epoch_seconds,
        observations.played_at_local,
        observations.played_at_second
    from observations
    inner join user_items
        on
            observations.user_id = user_items.user_id
            and observations.item_id = user_items.item_id
    where observations.reason is null

),

ranked as (

    select
        *,
        row_number() over (
            partition by user_item_number, played_at_second
            order by
                watched_seconds desc,
                coalesce(paused_seconds, -1) desc,
                coalesce(load_id, 0) asc,
                source asc,
                played_at_local asc,
                play_duration_seconds asc,
                pause_duration_seconds asc
            rows between unbounded preceding and current row
        ) as observation_rank,
        count(*) over (
            partition by user_item_number, played_at_second
        ) as observation_count,
        max(paused_seconds) over (
            partition by user_item_number, played_at_second
        ) as longest_paused_seconds
    from numbered

),

used as (

    select
        user_item_number,
        source,
        play_duration_seconds,
        pause_duration_seconds,
        observation_count,
        watched_seconds,
        -- Only the query and backups tell of pauses.
        coalesce(paused_seconds, longest_paused_seconds) as paused_seconds,
        played_at_local,
        played_at_second,
        started_epoch_seconds
    from ranked
    where observation_rank = 1

)

select * from used
