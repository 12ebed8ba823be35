-- Sessions of a user and item are more than session_gap_minutes apart.
with

with_previous_end as (

    select
        session_id,
        started_at,
        max(ended_at) over (
            partition by user_id, item_id
            order by started_at
            rows between unbounded preceding and 1 preceding
        ) as previous_ended_at
    from {{ ref('watch_sessions') }}
    {{ only_renewed() }}

),

too_close as (

    select * from with_previous_end
    where
        {{ epoch_seconds('started_at') }}
        - {{ epoch_seconds('previous_ended_at') }}
        <= {{ var('session_gap_minutes') }} * 60

)

select * from too_close
