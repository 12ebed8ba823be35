{#
    Unnamed, because while a table is built beside the old one, that has its indexes
    still and their names are taken. An incremental build keeps the table and its
    indexes.
#}
{% macro postgres__index_on(columns) -%}
    {{ return(
        "{{ index_unless_there_is_one('" ~ columns | join(', ') ~ "') }}"
    ) }}
{%- endmacro %}

{# Asked when the hook runs, of the table as it is then. #}
{% macro index_unless_there_is_one(columns) -%}
    {%- if execute and not run_query(
        "select 1 from pg_indexes where schemaname = '" ~ this.schema
        ~ "' and tablename = '" ~ this.identifier
        ~ "' and indexdef like '%(" ~ columns ~ ")'"
    ).rows -%}
        create index on {{ this }} ({{ columns }})
    {%- endif -%}
{%- endmacro %}
