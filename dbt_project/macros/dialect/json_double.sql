{# The number at a path of a JSON column; null if nothing is there. #}
{% macro json_double(column, path) -%}
    {{ return(adapter.dispatch('json_double')(column, path)) }}
{%- endmacro %}

{% macro sqlite__json_double(column, path) -%}
    cast(json_extract({{ column }}, '$.{{ path }}') as real)
{%- endmacro %}
