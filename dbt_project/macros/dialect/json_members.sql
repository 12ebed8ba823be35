{% macro json_members(column, path, alias) -%}
    {{ return(adapter.dispatch('json_members')(column, path, alias)) }}
{%- endmacro %}

{% macro sqlite__json_members(column, path, alias) -%}
    json_each({{ column }}, '$.{{ path }}') as {{ alias }}
{%- endmacro %}

{% macro duckdb__json_members(column, path, alias) -%}
    {{ duckdb_json_each(column, path, 'OBJECT') }} as {{ alias }}
{%- endmacro %}

{% macro postgres__json_members(column, path, alias) -%}
    jsonb_each(
        case
            when jsonb_typeof({{ postgres_json_at(column, path) }}) = 'object'
                then {{ postgres_json_at(column, path) }}
        end
    ) as {{ alias }} (key, value)
{%- endmacro %}

{% macro spark__json_members(column, path, alias) -%}
    {{ spark_json_each(column, path, 'OBJECT') }} as {{ alias }}
{%- endmacro %}
