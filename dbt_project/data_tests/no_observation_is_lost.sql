-- What was received is in an event or rejected, each observation once; of what other
-- programs tell, an event may be one of another source. What was loaded
-- since the build began is left to the next.
with

counts as (

    select
        (
            select count(*)
            from {{ source('emby', 'raw_emby_watch_events') }} as received
            where
                coalesce(received.load_id, 0) <= (
                    select coalesce(max(checked.load_id), 0)
                    from {{ ref('int_watch_event_observations_checked') }} as checked
                )
        )
        + (
            select count(*)
            from {{ ref('int_imported_plays_united') }} as imported
            where
                coalesce(imported.load_id, 0) <= (
                    select coalesce(max(checked.load_id), 0)
                    from {{ ref('int_imported_observations_checked') }} as checked
                )
        ) as received_count,
        (
            select coalesce(sum(events.observation_count), 0)
            from {{ ref('int_watch_events_deduplicated') }} as events
        ) as observations_of_events_count,
        (
            select count(*)
            from {{ ref('int_imported_observations_judged') }}
            where status = 'superseded'
        ) as superseded_elsewhere_count,
        (select count(*) from {{ ref('rejected_watch_events') }}) as rejected_count,
        (select count(*) from {{ ref('int_watch_events_deduplicated') }})
            as started_count,
        (select count(*) from {{ ref('watch_events') }}) as event_count

)

select * from counts
where
    received_count
    <> observations_of_events_count + superseded_elsewhere_count + rejected_count
    or started_count <> event_count
