{% macro rounded(number, digits) -%}
    {{ return(adapter.dispatch('rounded')(number, digits)) }}
{%- endmacro %}

{% macro default__rounded(number, digits) -%}
    round({{ number }}, {{ digits }})
{%- endmacro %}

{# PostgreSQL rounds no double to so many digits. #}
{% macro postgres__rounded(number, digits) -%}
    round(cast({{ number }} as numeric), {{ digits }})
{%- endmacro %}
