with

observations as (

    select
        event_id,
        status
    from {{ ref('watch_event_observations') }}
    {{ only_renewed() }}

),

events as (

    select event_id
    from {{ ref('watch_events') }}
    {{ only_renewed() }}

),

counted as (

    select
        event_id,
        1 as event_count,
        0 as used_count
    from events

    union all

    select
        event_id,
        0 as event_count,
        1 as used_count
    from observations
    where status = 'used'

),

disagreeing as (

    select
        event_id,
        sum(event_count) as event_count,
        sum(used_count) as used_count
    from counted
    group by event_id
    having sum(event_count) <> 1 or sum(used_count) <> 1

)

select * from disagreeing
