{% macro json_boolean(column, path) -%}
    {{ return(adapter.dispatch('json_boolean')(column, path)) }}
{%- endmacro %}

{% macro sqlite__json_boolean(column, path) -%}
    coalesce(json_type({{ column }}, '$.{{ path }}') = 'true', false)
{%- endmacro %}

{% macro duckdb__json_boolean(column, path) -%}
    coalesce(json_extract({{ json_document(column) }}, '$.{{ path }}') = 'true', false)
{%- endmacro %}

{% macro postgres__json_boolean(column, path) -%}
    coalesce({{ postgres_json_at(column, path) }} = 'true', false)
{%- endmacro %}

{% macro spark__json_boolean(column, path) -%}
    coalesce(
        {{ spark_of_json(spark_json_at(column, path), "
            schema_of_variant(value) = 'BOOLEAN' and cast(value as boolean)
        ") }},
        false
    )
{%- endmacro %}
