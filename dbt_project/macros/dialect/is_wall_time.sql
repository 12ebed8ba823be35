{% macro is_wall_time(text) -%}
    {{ return(adapter.dispatch('is_wall_time')(text)) }}
{%- endmacro %}

{#
    Adding nothing makes SQLite count the days, which turns 30 February into 2 March.
#}
{% macro sqlite__is_wall_time(text) -%}
    coalesce(
        datetime({{ text }}, '+0 days') = {{ text }}
        and {{ text }} >= '1971-01-01',
        false
    )
{%- endmacro %}
