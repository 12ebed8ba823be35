{{ config(materialized='incremental', unique_key=['user_id', 'item_id']) }}

with

watch_sessions as (

    select * from {{ ref('watch_sessions') }}
    {{ only_of(ref('int_user_items_changed')) }}

),

user_items as (

    select * from {{ ref('int_user_items_described') }}

),

summed as (

    select
        user_id,
        item_id,
        count(*) as session_count,
        sum(total_seconds_watched) as total_seconds_watched,
        max(completion_ratio) as best_completion_ratio,
        avg(completion_ratio) as average_completion_ratio,
        sum(case when completes_viewing then 1 else 0 end) as viewing_count,
        sum(case when outcome = 'completed' then 1 else 0 end)
            as completed_session_count,
        sum(case when outcome = 'partial' then 1 else 0 end)
            as partial_session_count,
        sum(case when outcome = 'sampled' then 1 else 0 end)
            as sampled_session_count,
        sum(case when outcome = 'abandoned' then 1 else 0 end)
            as abandoned_session_count,
        min(started_at) as first_watched_at,
        max(ended_at) as last_watched_at
    from watch_sessions
    group by user_id, item_id

),

with_parts as (

    select
        summed.*,
        user_items.user_item_id,
        user_items.user_name,
        user_items.item_name,
        user_items.item_type,
        user_items.is_in_library,
        {{ epoch_seconds('summed.last_watched_at') }}
        - {{ epoch_seconds('summed.first_watched_at') }}
            as seconds_between_first_and_last,
        case
            when summed.session_count >= {{ var('adherence_return_sessions') }} then 1.0
            else summed.session_count * 1.0 / {{ var('adherence_return_sessions') }}
        end as return_ratio,
        case
            when summed.total_seconds_watched > user_items.runtime_seconds
                then 1.0
            else
                summed.total_seconds_watched * 1.0 / user_items.runtime_seconds
        end as total_ratio
    from summed
    inner join user_items
        on
            summed.user_id = user_items.user_id
            and summed.item_id = user_items.item_id

),

scored as (

    select
        user_item_id,
        user_id,
        item_id,

        user_name,
        item_name,
        item_type,

        session_count,
        total_seconds_watched,
        total_seconds_watched / 60.0 as total_minutes_watched,
        best_completion_ratio,
        average_completion_ratio,
        viewing_count,
        case when viewing_count > 1 then viewing_count - 1 else 0 end
            as rewatch_count,
        {{ whole_quotient('seconds_between_first_and_last', 86400) }}
            as days_between_first_and_last,
        -- Rounded, because 0.6 + 0.3 + 0.1 is a little less than 1 in a computer.
        {{ rounded(
            var('adherence_completion_weight') ~ ' * best_completion_ratio
            + ' ~ var('adherence_return_weight') ~ ' * return_ratio
            + ' ~ var('adherence_total_weight') ~ ' * total_ratio',
            12
        ) }} as adherence_score,
        completed_session_count,
        partial_session_count,
        sampled_session_count,
        abandoned_session_count,

        is_in_library,

        first_watched_at,
        last_watched_at
    from with_parts

)

select * from scored
