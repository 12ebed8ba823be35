{% macro json_boolean(column, path) -%}
    {{ return(adapter.dispatch('json_boolean')(column, path)) }}
{%- endmacro %}

{% macro sqlite__json_boolean(column, path) -%}
    coalesce(json_type({{ column }}, '$.{{ path }}') = 'true', false)
{%- endmacro %}
