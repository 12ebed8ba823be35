{% macro json_document(column) -%}
    {{ return(adapter.dispatch('json_document')(column)) }}
{%- endmacro %}

{% macro sqlite__json_document(column) -%}
    {{ column }}
{%- endmacro %}

{#
    DuckDB refuses half a surrogate pair, which is no character: it is left out. Where a
    text has no escapes at all, which is nearly everywhere, nothing is looked for.
#}
{% macro duckdb__json_document(column) -%}
    case
        when contains({{ column }}, '\u')
            then regexp_replace(
                {{ column }},
                '(\\\\|\\u[dD][89abAB]..\\u[dD][c-fC-F]..)|\\u[dD][89a-fA-F]..',
                '\1',
                'g'
            )
        else {{ column }}
    end
{%- endmacro %}

{#
    PostgreSQL refuses that too, and NUL in any text: a replacement character stands for
    it.
#}
{% macro postgres__json_document(column) -%}
    cast(
        case
            when position('\u' in {{ column }}) > 0
                then regexp_replace(
                    regexp_replace(
                        {{ column }},
                        '(\\\\|\\u[dD][89abAB]..\\u[dD][c-fC-F]..)|\\u[dD][89a-fA-F]..',
                        '\1',
                        'g'
                    ),
                    '(?<!\\)((?:\\\\)*)\\u0000',
                    '\1\\ufffd',
                    'g'
                )
            else {{ column }}
        end as jsonb
    )
{%- endmacro %}

{# What is at a path of a JSON column, as the engine's own JSON type. #}
{% macro postgres_json_at(column, path) -%}
    ({{ json_document(column) }} #> '{ {{- path | replace('.', ',') -}} }')
{%- endmacro %}

{# Half a surrogate pair would become a question mark: it is left out, as on DuckDB. #}
{% macro spark__json_document(column) -%}
    parse_json(
        case
            when contains({{ column }}, r'\u')
                then regexp_replace(
                    {{ column }},
                    r'(\\\\|\\u[dD][89abAB]..\\u[dD][c-fC-F]..)|\\u[dD][89a-fA-F]..',
                    '$1'
                )
            else {{ column }}
        end
    )
{%- endmacro %}

{# What is at a path of a JSON column, as Spark's variant. #}
{% macro spark_json_at(column, path) -%}
    variant_get({{ json_document(column) }}, '$.{{ path }}')
{%- endmacro %}

{#
    An expression of `value`, which is that variant: written out wherever it is needed,
    it would make statements of megabytes, which take longer to plan than to run. Its
    type is told by schema_of_variant as STRING, BIGINT, DECIMAL(3,2), DOUBLE, BOOLEAN,
    VOID, OBJECT<...> or ARRAY<...>.
#}
{% macro spark_of_json(variant, expression) -%}
    get(transform(array({{ variant }}), value -> {{ expression | trim }}), 0)
{%- endmacro %}
