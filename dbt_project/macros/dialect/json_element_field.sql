{# The text of a field of an element of json_elements; null unless it is an object. #}
{% macro json_element_field(alias, path) -%}
    {{ return(adapter.dispatch('json_element_field')(alias, path)) }}
{%- endmacro %}

{% macro sqlite__json_element_field(alias, path) -%}
    case when {{ alias }}.type = 'object' then cast(json_extract({{ alias }}.value, '$.{{ path }}') as text) end
{%- endmacro %}
