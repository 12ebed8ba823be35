-- The laboratory repeats the rules with other numbers; with the same ones it has the
-- same sessions, outcomes and viewings.
{{
    config(
        enabled=env_var('EMBY_ELT_LABORATORY', 'off') == 'on',
        tags='laboratory'
    )
}}

with

sessions as (

    select * from {{ ref('watch_sessions') }}

),

scenarios as (

    select * from {{ ref('outcomes_by_scenario') }}
    where scenario = 'this_project'

),

told_twice as (

    select
        user_id,
        1 as session_count,
        case when completes_viewing then 1 else 0 end as viewing_count,
        case when outcome = 'completed' then 1 else 0 end as completed_session_count,
        case when outcome = 'partial' then 1 else 0 end as partial_session_count,
        case when outcome = 'sampled' then 1 else 0 end as sampled_session_count
    from sessions

    union all

    select
        user_id,
        -session_count as session_count,
        -viewing_count as viewing_count,
        -completed_session_count as completed_session_count,
        -partial_session_count as partial_session_count,
        -sampled_session_count as sampled_session_count
    from scenarios

),

disagreeing as (

    select user_id
    from told_twice
    group by user_id
    having
        sum(session_count) <> 0
        or sum(viewing_count) <> 0
        or sum(completed_session_count) <> 0
        or sum(partial_session_count) <> 0
        or sum(sampled_session_count) <> 0

)

select * from disagreeing
