{#
    Whether a text is a date and time that exists, YYYY-MM-DD HH:MM:SS, in the years
    for which the offsets of time zones are known. Adding nothing makes SQLite count
    the days, which turns 30 February into 2 March.
#}
{% macro is_wall_time(text) -%}
    {{ return(adapter.dispatch('is_wall_time')(text)) }}
{%- endmacro %}

{% macro sqlite__is_wall_time(text) -%}
    coalesce(
        datetime({{ text }}, '+0 days') = {{ text }}
        and {{ text }} between '1970-01-02' and '2099-12-31',
        false
    )
{%- endmacro %}
