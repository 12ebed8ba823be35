{% macro quotient(dividend, divisor) -%}
    {{ return(adapter.dispatch('quotient')(dividend, divisor)) }}
{%- endmacro %}

{% macro default__quotient(dividend, divisor) -%}
    ({{ dividend }}) * 1.0 / {{ divisor }}
{%- endmacro %}

{# Spark takes 1.0 for a decimal number, and a quotient of such has six digits. #}
{% macro spark__quotient(dividend, divisor) -%}
    cast({{ dividend }} as double) / {{ divisor }}
{%- endmacro %}
