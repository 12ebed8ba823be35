{# The place of an element of json_elements in its array, from 0 on. #}
{% macro json_element_position(alias) -%}
    {{ return(adapter.dispatch('json_element_position')(alias)) }}
{%- endmacro %}

{% macro sqlite__json_element_position(alias) -%}
    {{ alias }}.key
{%- endmacro %}
