-- These events still count in every number.
{{ config(materialized='view') }}

with

suspicions as (

    select * from {{ ref('watch_event_suspicions') }}

),

watch_events as (

    select * from {{ ref('watch_events') }}

),

watch_sessions as (

    select * from {{ ref('watch_sessions') }}

),

user_item_stats as (

    select * from {{ ref('user_item_stats') }}

),

rated as (

    select * from {{ ref('int_watch_sessions_rated') }}

),

described as (

    select
        suspicions.event_id || '|' || suspicions.reason as suspect_id,
        suspicions.event_id,
        watch_sessions.session_id,
        watch_sessions.user_id,
        watch_sessions.item_id,
        suspicions.other_event_id,

        watch_sessions.user_name,
        events.item_name,
        events.device_name,
        suspicions.reason,
        watch_sessions.outcome as session_outcome,
        case
            when watch_sessions.event_count > 1
                then
                    {{ outcome_of(
                        'watch_sessions.total_seconds_watched - events.watched_seconds',
                        sessions='rated',
                        sampled_from_seconds=var('min_sampled_seconds')
                    ) }}
        end as session_outcome_without,

        events.watched_seconds,
        watch_sessions.total_seconds_watched as session_seconds,
        watch_sessions.total_seconds_watched - events.watched_seconds
            as session_seconds_without,
        user_item_stats.total_seconds_watched as item_seconds,
        user_item_stats.total_seconds_watched - events.watched_seconds
            as item_seconds_without,
        suspicions.day_seconds,
        suspicions.day_seconds - events.watched_seconds as day_seconds_without,

        events.started_at,
        events.started_local,
        events.ended_local
    from suspicions
    inner join watch_events as events
        on suspicions.event_id = events.event_id
    inner join watch_sessions
        on events.session_id = watch_sessions.session_id
    inner join rated
        on
            watch_sessions.user_id = rated.user_id
            and watch_sessions.item_id = rated.item_id
            and {{ epoch_seconds('watch_sessions.started_at') }}
            = rated.started_epoch_seconds
    inner join user_item_stats
        on
            watch_sessions.user_id = user_item_stats.user_id
            and watch_sessions.item_id = user_item_stats.item_id

)

select * from described
