{% macro is_whole_number(text) -%}
    {{ return(adapter.dispatch('is_whole_number')(text)) }}
{%- endmacro %}

{% macro sqlite__is_whole_number(text) -%}
    (
        rtrim({{ text }}, '0123456789') in ('', '-')
        and {{ text }} not in ('', '-')
    )
{%- endmacro %}

{% macro duckdb__is_whole_number(text) -%}
    regexp_full_match({{ text }}, '-?[0-9]+')
{%- endmacro %}

{% macro postgres__is_whole_number(text) -%}
    {{ text }} ~ '^-?[0-9]+$'
{%- endmacro %}

{% macro spark__is_whole_number(text) -%}
    {{ text }} rlike r'^-?[0-9]+\z'
{%- endmacro %}
