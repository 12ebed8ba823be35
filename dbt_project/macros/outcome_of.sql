{#
    What so many seconds come to, by the thresholds of int_watch_sessions_rated: the
    columns runtime_seconds, completing_seconds and partial_from_seconds of `sessions`,
    and the seconds from which a session is sampled.
#}
{% macro outcome_of(seconds, sessions, sampled_from_seconds) -%}
case
            when {{ sessions }}.runtime_seconds is null
                then 'unknown'
            when {{ seconds }} >= {{ sessions }}.completing_seconds
                then 'completed'
            when {{ seconds }} >= {{ sessions }}.partial_from_seconds
                then 'partial'
            when {{ seconds }} >= {{ sampled_from_seconds }}
                then 'sampled'
            else 'abandoned'
        end
{%- endmacro %}
