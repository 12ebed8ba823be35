{# The value of a member of json_members, if it is a text or a number; else null. #}
{% macro json_member_text(alias) -%}
    {{ return(adapter.dispatch('json_member_text')(alias)) }}
{%- endmacro %}

{% macro sqlite__json_member_text(alias) -%}
    case
        when {{ alias }}.type in ('text', 'integer', 'real')
            then cast({{ alias }}.atom as text)
    end
{%- endmacro %}
