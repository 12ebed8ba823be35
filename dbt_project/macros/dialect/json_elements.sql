{% macro json_elements(column, path, alias) -%}
    {{ return(adapter.dispatch('json_elements')(column, path, alias)) }}
{%- endmacro %}

{% macro sqlite__json_elements(column, path, alias) -%}
    json_each({{ column }}, '$.{{ path }}') as {{ alias }}
{%- endmacro %}
