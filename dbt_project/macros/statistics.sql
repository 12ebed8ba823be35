{# Columns of user_item_stats and user_title_stats, which differ in what they are of. #}

{# What sessions sum to. #}
{% macro sums_of_sessions() -%}
count(*) as session_count,
        cast(sum(watch_sessions.total_seconds_watched) as bigint)
            as total_seconds_watched,
        max(watch_sessions.completion_ratio) as best_completion_ratio,
        avg(watch_sessions.completion_ratio) as average_completion_ratio,
        sum(case when watch_sessions.outcome = 'completed' then 1 else 0 end)
            as completed_session_count,
        sum(case when watch_sessions.outcome = 'partial' then 1 else 0 end)
            as partial_session_count,
        sum(case when watch_sessions.outcome = 'sampled' then 1 else 0 end)
            as sampled_session_count,
        sum(case when watch_sessions.outcome = 'abandoned' then 1 else 0 end)
            as abandoned_session_count,
        min(watch_sessions.started_at) as first_watched_at,
        max(watch_sessions.ended_at) as last_watched_at
{%- endmacro %}

{# The parts of the adherence score. `sums`: a relation with what sessions sum to. #}
{% macro parts_of_adherence(sums, runtime_seconds) -%}
case
            when
                {{ sums }}.session_count >= {{ var('adherence_return_sessions') }}
                then 1.0
            else {{ quotient(
                sums ~ '.session_count', var('adherence_return_sessions')
            ) }}
        end as return_ratio,
        case
            when {{ sums }}.total_seconds_watched > {{ runtime_seconds }}
                then 1.0
            else {{ quotient(sums ~ '.total_seconds_watched', runtime_seconds) }}
        end as total_ratio
{%- endmacro %}

{# The numbers, of what sessions sum to and the parts of the adherence score. #}
{% macro statistics() -%}
session_count,
        total_seconds_watched,
        {{ quotient('total_seconds_watched', 60) }} as total_minutes_watched,
        best_completion_ratio,
        average_completion_ratio,
        viewing_count,
        case when viewing_count > 1 then viewing_count - 1 else 0 end
            as rewatch_count,
        {{ whole_quotient(
            epoch_seconds('last_watched_at') ~ ' - '
            ~ epoch_seconds('first_watched_at'),
            86400
        ) }} as days_between_first_and_last,
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
        abandoned_session_count
{%- endmacro %}
