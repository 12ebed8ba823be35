{#
    A relation to cross join: the elements of the JSON array at a path. Where no
    array is, what is there has no place in it, and json_element_* are null.
#}
{% macro json_elements(column, path, alias) -%}
    {{ return(adapter.dispatch('json_elements')(column, path, alias)) }}
{%- endmacro %}

{% macro sqlite__json_elements(column, path, alias) -%}
    json_each({{ column }}, '$.{{ path }}') as {{ alias }}
{%- endmacro %}
