{% macro as_text(value) -%}
    {{ return(adapter.dispatch('as_text')(value)) }}
{%- endmacro %}

{% macro default__as_text(value) -%}
    cast({{ value }} as {{ dbt.type_string() }})
{%- endmacro %}

{# What becomes of a number in a text function is its text anyway. #}
{% macro sqlite__as_text(value) -%}
    {{ value }}
{%- endmacro %}
