-- Nothing is lost: raw events = valid ones + rejected ones.
with

counts as (

    select
        (select count(*) from {{ source('emby', 'raw_emby_watch_events') }})
            as raw_count,
        (select count(*) from {{ ref('watch_events') }}) as valid_count,
        (select count(*) from {{ ref('rejected_watch_events') }})
            as rejected_count

)

select * from counts
where raw_count <> valid_count + rejected_count
