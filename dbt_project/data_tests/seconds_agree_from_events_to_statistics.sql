-- Nothing is lost: events, sessions and statistics, of items and of titles, hold the
-- same seconds.
with

sums as (

    select
        (select coalesce(sum(watched_seconds), 0) from {{ ref('watch_events') }})
            as event_seconds,
        (
            select coalesce(sum(total_seconds_watched), 0)
            from {{ ref('watch_sessions') }}
        ) as session_seconds,
        (
            select coalesce(sum(total_seconds_watched), 0)
            from {{ ref('user_item_stats') }}
        ) as statistics_seconds,
        (
            select coalesce(sum(total_seconds_watched), 0)
            from {{ ref('user_title_stats') }}
        ) as title_seconds

)

select * from sums
where
    event_seconds <> session_seconds
    or session_seconds <> statistics_seconds
    or statistics_seconds <> title_seconds
