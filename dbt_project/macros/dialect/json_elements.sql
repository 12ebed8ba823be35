{% macro json_elements(column, path, alias) -%}
    {{ return(adapter.dispatch('json_elements')(column, path, alias)) }}
{%- endmacro %}

{% macro sqlite__json_elements(column, path, alias) -%}
    json_each({{ column }}, '$.{{ path }}') as {{ alias }}
{%- endmacro %}

{% macro duckdb__json_elements(column, path, alias) -%}
    {{ duckdb_json_each(column, path, 'ARRAY') }} as {{ alias }}
{%- endmacro %}

{#
    Unlike SQLite's, its keys are texts, of arrays too: only what is one is taken apart.
#}
{% macro duckdb_json_each(column, path, type) -%}
    json_each(
        case
            when json_type({{ json_document(column) }}, '$.{{ path }}') = '{{ type }}'
                then json_extract({{ json_document(column) }}, '$.{{ path }}')
        end
    )
{%- endmacro %}

{% macro postgres__json_elements(column, path, alias) -%}
    jsonb_array_elements(
        case
            when jsonb_typeof({{ postgres_json_at(column, path) }}) = 'array'
                then {{ postgres_json_at(column, path) }}
        end
    ) with ordinality as {{ alias }} (value, position)
{%- endmacro %}

{% macro spark__json_elements(column, path, alias) -%}
    {{ spark_json_each(column, path, 'ARRAY') }} as {{ alias }}
{%- endmacro %}

{% macro spark_json_each(column, path, type) -%}
    lateral variant_explode(
        {{ spark_of_json(spark_json_at(column, path), "
            case when schema_of_variant(value) like '" ~ type ~ "<%' then value end
        ") }}
    )
{%- endmacro %}
