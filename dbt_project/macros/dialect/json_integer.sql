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
