{#
    Whether a text is a date and time that exists, YYYY-MM-DD HH:MM:SS, from 1971 on:
    before that no server played anything, and a clock was not set. Adding nothing makes
    SQLite count the days, which turns 30 February into 2 March.
#}
{% macro is_wall_time(text) -%}
    {{ return(adapter.dispatch('is_wall_time')(text)) }}
{%- endmacro %}

{% macro sqlite__is_wall_time(text) -%}
    coalesce(
        datetime({{ text }}, '+0 days') = {{ text }}
        and {{ text }} >= '1971-01-01',
        false
    )
{%- endmacro %}
