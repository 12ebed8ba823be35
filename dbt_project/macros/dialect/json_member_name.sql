{% macro json_member_name(alias) -%}
    {{ return(adapter.dispatch('json_member_name')(alias)) }}
{%- endmacro %}

{% macro sqlite__json_member_name(alias) -%}
    case when typeof({{ alias }}.key) = 'text' then {{ alias }}.key end
{%- endmacro %}

{% macro duckdb__json_member_name(alias) -%}
    {{ alias }}.key
{%- endmacro %}

{% macro postgres__json_member_name(alias) -%}
    {{ alias }}.key collate "C"
{%- endmacro %}

{% macro spark__json_member_name(alias) -%}
    {{ alias }}.key
{%- endmacro %}
