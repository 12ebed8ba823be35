{% macro json_element_position(alias) -%}
    {{ return(adapter.dispatch('json_element_position')(alias)) }}
{%- endmacro %}

{% macro sqlite__json_element_position(alias) -%}
    {{ alias }}.key
{%- endmacro %}
