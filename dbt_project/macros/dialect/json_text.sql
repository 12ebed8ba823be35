{% macro json_text(column, path) -%}
    {{ return(adapter.dispatch('json_text')(column, path)) }}
{%- endmacro %}

{% macro sqlite__json_text(column, path) -%}
    case
        when json_type({{ column }}, '$.{{ path }}') in ('text', 'integer', 'real')
            then cast(json_extract({{ column }}, '$.{{ path }}') as text)
    end
{%- endmacro %}

{% macro duckdb__json_text(column, path) -%}
    {{ duckdb_text_of_json(
        "json_extract(" ~ json_document(column) ~ ", '$." ~ path ~ "')"
    ) }}
{%- endmacro %}

{% macro duckdb_text_of_json(value) -%}
    case json_type({{ value }})
        when 'VARCHAR' then {{ value }} ->> '$'
        when 'UBIGINT' then {{ value }} ->> '$'
        when 'BIGINT' then {{ value }} ->> '$'
        when 'DOUBLE' then cast(cast({{ value }} as double) as varchar)
    end
{%- endmacro %}

{% macro postgres__json_text(column, path) -%}
    {{ postgres_text_of_json(postgres_json_at(column, path)) }}
{%- endmacro %}

{# Sorted by code points, as everywhere. #}
{% macro postgres_text_of_json(value) -%}
    case
        when jsonb_typeof({{ value }}) in ('string', 'number')
            then ({{ value }} #>> '{}') collate "C"
    end
{%- endmacro %}

{% macro spark__json_text(column, path) -%}
    {{ spark_text_of_json(spark_json_at(column, path)) }}
{%- endmacro %}

{#
    Spark keeps 5.0 as the decimal number 5: whatever has a point is written as a
    double.
#}
{% macro spark_text_of_json(variant) -%}
    {{ spark_of_json(variant, "
        case
            when schema_of_variant(value) in ('STRING', 'BIGINT')
                then cast(value as string)
            when schema_of_variant(value) rlike '^(DECIMAL|DOUBLE)'
                then cast(cast(value as double) as string)
        end
    ") }}
{%- endmacro %}
