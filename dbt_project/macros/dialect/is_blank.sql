{% macro is_blank(text) -%}
    {{ return(adapter.dispatch('is_blank')(text)) }}
{%- endmacro %}

{% macro default__is_blank(text) -%}
    trim({{ text }}) = ''
{%- endmacro %}

{# Without the second argument DuckDB trims every space that Unicode has. #}
{% macro duckdb__is_blank(text) -%}
    trim({{ text }}, ' ') = ''
{%- endmacro %}
