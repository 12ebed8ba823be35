{% macro json_element_text(alias) -%}
    {{ return(adapter.dispatch('json_element_text')(alias)) }}
{%- endmacro %}

{% macro sqlite__json_element_text(alias) -%}
    case
        when typeof({{ alias }}.key) = 'integer' and {{ alias }}.type = 'text'
            then {{ alias }}.atom
    end
{%- endmacro %}
