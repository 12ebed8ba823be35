{# A relation to cross join: the elements of a JSON array, or the members of an object. #}
{% macro json_elements(column, path, alias) -%}
    {{ return(adapter.dispatch('json_elements')(column, path, alias)) }}
{%- endmacro %}

{% macro sqlite__json_elements(column, path, alias) -%}
    json_each({{ column }}, '$.{{ path }}') as {{ alias }}
{%- endmacro %}
