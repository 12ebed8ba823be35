{% macro json_member_text(alias) -%}
    {{ return(adapter.dispatch('json_member_text')(alias)) }}
{%- endmacro %}

{% macro sqlite__json_member_text(alias) -%}
    case
        when {{ alias }}.type in ('text', 'integer', 'real')
            then cast({{ alias }}.atom as text)
    end
{%- endmacro %}

{% macro duckdb__json_member_text(alias) -%}
    {{ duckdb_text_of_json(alias ~ '.value') }}
{%- endmacro %}

{% macro postgres__json_member_text(alias) -%}
    {{ postgres_text_of_json(alias ~ '.value') }}
{%- endmacro %}

{% macro spark__json_member_text(alias) -%}
    {{ spark_text_of_json(alias ~ '.value') }}
{%- endmacro %}
