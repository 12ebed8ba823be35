with

sessions as (

    select * from {{ ref('int_scenario_sessions_rated') }}

),

sessions_in_viewings as (

    select * from {{ ref('int_scenario_sessions_in_viewings') }}

),

users as (

    select * from {{ ref('users') }}

),

with_month as (

    select
        sessions.scenario,
        sessions.user_id,
        users.user_name,
        substr(
            {{ as_text(date_of(
                local_timestamp_at('sessions.started_epoch_seconds')
            )) }},
            1,
            7
        ) as month,
        sessions.outcome,
        sessions_in_viewings.completes_viewing
    from sessions
    inner join sessions_in_viewings
        on
            sessions.user_id = sessions_in_viewings.user_id
            and sessions.scenario_item_id = sessions_in_viewings.scenario_item_id
            and sessions.started_epoch_seconds
            = sessions_in_viewings.started_epoch_seconds
    inner join users
        on sessions.user_id = users.user_id

),

counted as (

    select
        {{ concatenated_key(['scenario', 'user_id', 'month']) }}
            as scenario_user_month_id,
        user_id,

        scenario,
        user_name,
        month,

        count(*) as session_count,
        sum(case when completes_viewing then 1 else 0 end) as viewing_count,
        sum(case when outcome = 'completed' then 1 else 0 end)
            as completed_session_count,
        sum(case when outcome = 'partial' then 1 else 0 end)
            as partial_session_count,
        sum(case when outcome = 'sampled' then 1 else 0 end)
            as sampled_session_count,
        sum(case when outcome = 'abandoned' then 1 else 0 end)
            as abandoned_session_count,
        sum(case when outcome = 'unknown' then 1 else 0 end)
            as unknown_session_count
    from with_month
    group by scenario, user_id, user_name, month

)

select * from counted
