{# The name of a member of json_elements in its object. #}
{% macro json_element_name(alias) -%}
    {{ return(adapter.dispatch('json_element_name')(alias)) }}
{%- endmacro %}

{% macro sqlite__json_element_name(alias) -%}
    {{ alias }}.key
{%- endmacro %}
