{{ config(materialized='view') }}

with

observations as (

    select * from {{ ref('watch_event_observations') }}

),

with_program as (

    select
        *,
        {{ program_of('source') }} as program
    from observations

),

events as (

    select
        event_id,
        min(program) as first_program,
        max(program) as last_program
    from with_program
    where status != 'rejected'
    group by event_id

),

compared as (

    select
        observations.source,
        observations.status,
        observations.watched_seconds,
        observations.status = 'used'
        and events.first_program = events.last_program as is_told_here_alone,
        -- In some zone the last day of 9999 is one of 10000, which no month is of.
        case
            when {{ year_of('observations.started_at') }} < '9999'
                then {{ local_timestamp_at(epoch_seconds('observations.started_at')) }}
        end as started_local
    from observations
    left join events
        on observations.event_id = events.event_id

),

with_month as (

    select
        *,
        coalesce(
            substr({{ as_text(date_of('started_local')) }}, 1, 7), 'unknown'
        ) as month
    from compared

),

counted as (

    select
        month || '|' || source as source_month_id,

        month,
        source,

        count(*) as observation_count,
        sum(case when status = 'used' then 1 else 0 end) as used_count,
        sum(case when status = 'superseded' then 1 else 0 end) as superseded_count,
        sum(case when status = 'rejected' then 1 else 0 end) as rejected_count,
        sum(case when is_told_here_alone then 1 else 0 end) as told_here_alone_count,
        cast(
            sum(case when status = 'used' then watched_seconds else 0 end) as bigint
        ) as used_seconds,
        cast(
            sum(case when is_told_here_alone then watched_seconds else 0 end) as bigint
        ) as told_here_alone_seconds
    from with_month
    group by month, source

)

select * from counted
