{% macro json_members(column, path, alias) -%}
    {{ return(adapter.dispatch('json_members')(column, path, alias)) }}
{%- endmacro %}

{% macro sqlite__json_members(column, path, alias) -%}
    json_each({{ column }}, '$.{{ path }}') as {{ alias }}
{%- endmacro %}
