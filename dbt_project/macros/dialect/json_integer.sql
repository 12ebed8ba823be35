{# The whole number at a path of a JSON column; null if nothing is there. #}
{% macro json_integer(column, path) -%}
    {{ return(adapter.dispatch('json_integer')(column, path)) }}
{%- endmacro %}

{% macro sqlite__json_integer(column, path) -%}
    cast(json_extract({{ column }}, '$.{{ path }}') as integer)
{%- endmacro %}
