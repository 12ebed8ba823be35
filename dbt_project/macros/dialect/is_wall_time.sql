{# Whether a text is a date and time that exists, YYYY-MM-DD HH:MM:SS. #}
{% macro is_wall_time(text) -%}
    {{ return(adapter.dispatch('is_wall_time')(text)) }}
{%- endmacro %}

{% macro sqlite__is_wall_time(text) -%}
    coalesce(strftime('%Y-%m-%d %H:%M:%S', {{ text }}) = {{ text }}, false)
{%- endmacro %}
