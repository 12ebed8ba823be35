{# When a play ended: its start, and the seconds watched and paused. #}
{% macro ended_epoch_seconds(play) -%}
{{ play }}.started_epoch_seconds
        + {{ play }}.watched_seconds
        + coalesce({{ play }}.paused_seconds, 0)
{%- endmacro %}
