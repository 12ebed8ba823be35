{% macro year_of(date) -%}
    {{ return(adapter.dispatch('year_of')(date)) }}
{%- endmacro %}

{# The year as a text: it is a name to choose by, and nothing to count with. #}
{% macro sqlite__year_of(date) -%}
    substr({{ date }}, 1, 4)
{%- endmacro %}

{% macro duckdb__year_of(date) -%}
    strftime({{ date }}, '%Y')
{%- endmacro %}

{% macro postgres__year_of(date) -%}
    to_char({{ date }}, 'YYYY')
{%- endmacro %}

{% macro spark__year_of(date) -%}
    date_format({{ date }}, 'yyyy')
{%- endmacro %}
