{# The value of an element of json_elements as text; null for an object or a list. #}
{% macro json_element_text(alias) -%}
    {{ return(adapter.dispatch('json_element_text')(alias)) }}
{%- endmacro %}

{% macro sqlite__json_element_text(alias) -%}
    case when {{ alias }}.atom is not null then cast({{ alias }}.atom as text) end
{%- endmacro %}
