{# The text at a path of a JSON column; null if nothing is there. #}
{% macro json_text(column, path) -%}
    {{ return(adapter.dispatch('json_text')(column, path)) }}
{%- endmacro %}

{% macro sqlite__json_text(column, path) -%}
    cast(json_extract({{ column }}, '$.{{ path }}') as text)
{%- endmacro %}
