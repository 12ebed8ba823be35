-- Of the observations of one event the longest is used.
{{ config(materialized='incremental', unique_key=['user_id', 'item_id']) }}

with

observations as (

    select * from {{ ref('int_watch_event_observations_checked') }}
    {{ only_of(ref('int_user_items_observed')) }}

),

usable as (

    select
        user_id,
        item_id,

        source,
        play_duration_seconds,
        pause_duration_seconds,

        watched_seconds,
        paused_seconds,
        load_id,
        started_epoch_seconds,

        played_at_local,
        played_at_second
    from observations
    where reason is null

),

ranked as (

    select
        *,
        row_number() over (
            partition by user_id, item_id, played_at_second
            order by
                watched_seconds desc,
                coalesce(paused_seconds, -1) desc,
                load_id asc,
                source asc,
                played_at_local asc,
                play_duration_seconds asc,
                pause_duration_seconds asc
            rows between unbounded preceding and current row
        ) as observation_rank,
        count(*) over (
            partition by user_id, item_id, played_at_second
        ) as observation_count,
        max(paused_seconds) over (
            partition by user_id, item_id, played_at_second
        ) as longest_paused_seconds
    from usable

),

used as (

    select
        user_id,
        item_id,

        source,
        play_duration_seconds,
        pause_duration_seconds,

        observation_count,
        watched_seconds,
        -- Only the query and backups tell of pauses.
        coalesce(paused_seconds, longest_paused_seconds) as paused_seconds,
        started_epoch_seconds,

        played_at_local,
        played_at_second
    from ranked
    where observation_rank = 1

)

select * from used
