{% macro json_double(column, path) -%}
    {{ return(adapter.dispatch('json_double')(column, path)) }}
{%- endmacro %}

{% macro sqlite__json_double(column, path) -%}
    case
        when
            json_type({{ column }}, '$.{{ path }}') in ('integer', 'real')
            or json_type({{ column }}, '$.{{ path }}') = 'text'
            and {{ is_whole_number("json_extract(" ~ column ~ ", '$." ~ path ~ "')") }}
            then cast(json_extract({{ column }}, '$.{{ path }}') as real)
    end
{%- endmacro %}

{% macro duckdb__json_double(column, path) -%}
    case
        when
            {{ duckdb_json_is_number(column, path) }}
            or {{ is_whole_number(json_text(column, path)) }}
            then try_cast({{ json_text(column, path) }} as double)
    end
{%- endmacro %}

{% macro duckdb_json_is_number(column, path) -%}
    json_type({{ json_document(column) }}, '$.{{ path }}')
    in ('UBIGINT', 'BIGINT', 'DOUBLE')
{%- endmacro %}

{# A text that PostgreSQL could not cast is none of these. #}
{% macro postgres__json_double(column, path) -%}
    case
        when
            jsonb_typeof({{ postgres_json_at(column, path) }}) = 'number'
            or {{ is_whole_number(json_text(column, path)) }}
            then cast({{ json_text(column, path) }} as double precision)
    end
{%- endmacro %}

{% macro spark__json_double(column, path) -%}
    {{ spark_of_json(spark_json_at(column, path), "
        case
            when schema_of_variant(value) rlike '^(BIGINT|DECIMAL|DOUBLE)'
                then cast(value as double)
            when
                schema_of_variant(value) = 'STRING'
                and " ~ is_whole_number('cast(value as string)') ~ "
                then cast(cast(value as string) as double)
        end
    ") }}
{%- endmacro %}
