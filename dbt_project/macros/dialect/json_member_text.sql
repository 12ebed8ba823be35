{% macro json_member_text(alias) -%}
    {{ return(adapter.dispatch('json_member_text')(alias)) }}
{%- endmacro %}

{% macro sqlite__json_member_text(alias) -%}
    case
        when {{ alias }}.type in ('text', 'integer', 'real')
            then cast({{ alias }}.atom as text)
    end
{%- endmacro %}
