{#
    In which order the observations of one play are taken: the longest first, because
    a running play grows; of the same length the one with the longer pause, which says
    more; then the one that was loaded first. The rest makes the order total.
#}
{% macro best_first(observation) -%}
{{ observation }}.watched_seconds desc,
                coalesce({{ observation }}.paused_seconds, -1) desc,
                {{ observation }}.load_id asc,
                {{ observation }}.source asc,
                {{ observation }}.played_at_local asc,
                {{ observation }}.play_duration_seconds asc,
                {{ observation }}.pause_duration_seconds asc
{%- endmacro %}
