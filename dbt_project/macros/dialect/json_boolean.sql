{# The truth at a path of a JSON column; null if nothing is there. #}
{% macro json_boolean(column, path) -%}
    {{ return(adapter.dispatch('json_boolean')(column, path)) }}
{%- endmacro %}

{% macro sqlite__json_boolean(column, path) -%}
    json_extract({{ column }}, '$.{{ path }}')
{%- endmacro %}
