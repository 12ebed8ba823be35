{% macro json_integer(column, path) -%}
    {{ return(adapter.dispatch('json_integer')(column, path)) }}
{%- endmacro %}

{% macro sqlite__json_integer(column, path) -%}
    case
        when
            json_type({{ column }}, '$.{{ path }}') in ('integer', 'real')
            or json_type({{ column }}, '$.{{ path }}') = 'text'
            and {{ is_whole_number("json_extract(" ~ column ~ ", '$." ~ path ~ "')") }}
            then cast(json_extract({{ column }}, '$.{{ path }}') as integer)
    end
{%- endmacro %}

{% macro duckdb__json_integer(column, path) -%}
    cast(
        case
            when {{ is_whole_number(json_text(column, path)) }}
                then {{ as_integer(json_text(column, path)) }}
            when {{ duckdb_json_is_number(column, path) }}
                then trunc(least(greatest(
                    try_cast({{ json_text(column, path) }} as double),
                    -9.2e18
                ), 9.2e18))
        end as bigint
    )
{%- endmacro %}

{% macro postgres__json_integer(column, path) -%}
    cast(
        case
            when {{ is_whole_number(json_text(column, path)) }}
                then {{ as_integer(json_text(column, path)) }}
            when jsonb_typeof({{ postgres_json_at(column, path) }}) = 'number'
                then trunc(least(greatest(
                    cast({{ json_text(column, path) }} as numeric),
                    -9223372036854775808
                ), 9223372036854775807))
        end as bigint
    )
{%- endmacro %}

{% macro spark__json_integer(column, path) -%}
    {{ spark_of_json(spark_json_at(column, path), "
        case
            when schema_of_variant(value) = 'BIGINT'
                then cast(value as bigint)
            when schema_of_variant(value) rlike '^(DECIMAL|DOUBLE)'
                then cast(
                    least(greatest(cast(value as double), -9.2e18), 9.2e18) as bigint
                )
            when
                schema_of_variant(value) = 'STRING'
                and " ~ is_whole_number('cast(value as string)') ~ "
                then cast(" ~ as_integer('cast(value as string)') ~ " as bigint)
        end
    ") }}
{%- endmacro %}
