-- Nothing is lost: every observation that the build took up is in one place, and every
-- event has exactly one that is used. What was loaded since is left to the next build.
with

counts as (

    select
        (
            select count(*)
            from {{ source('emby', 'raw_emby_watch_events') }} as observations
            where
                coalesce(observations.load_id, 0) <= (
                    select coalesce(max(checked.load_id), 0)
                    from {{ ref('int_watch_event_observations_checked') }} as checked
                )
        ) as raw_count,
        count(*) as observation_count,
        sum(case when status = 'used' then 1 else 0 end) as used_count,
        sum(case when status = 'superseded' then 1 else 0 end) as superseded_count,
        sum(case when status = 'rejected' then 1 else 0 end) as rejected_count,
        (select count(*) from {{ ref('watch_events') }}) as event_count,
        (select count(*) from {{ ref('rejected_watch_events') }})
            as rejected_event_count
    from {{ ref('watch_event_observations') }}

)

select * from counts
where
    raw_count <> observation_count
    or observation_count <> used_count + superseded_count + rejected_count
    or used_count <> event_count
    or rejected_count <> rejected_event_count
