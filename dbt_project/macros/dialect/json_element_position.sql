{% macro json_element_position(alias) -%}
    {{ return(adapter.dispatch('json_element_position')(alias)) }}
{%- endmacro %}

{% macro sqlite__json_element_position(alias) -%}
    {{ alias }}.key
{%- endmacro %}

{% macro duckdb__json_element_position(alias) -%}
    cast({{ alias }}.key as bigint)
{%- endmacro %}

{% macro postgres__json_element_position(alias) -%}
    {{ alias }}.position - 1
{%- endmacro %}

{% macro spark__json_element_position(alias) -%}
    cast({{ alias }}.pos as bigint)
{%- endmacro %}
