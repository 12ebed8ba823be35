{#
    A post-hook that indexes columns of a model. dbt-sqlite knows no `indexes:`.
    An index is named after its table and columns, in the table's schema.
#}
{% macro index_on(columns) -%}
    {{ return(adapter.dispatch('index_on')(columns)) }}
{%- endmacro %}

{# Engines that join by hashing need none. #}
{% macro default__index_on(columns) -%}
    {{ return('') }}
{%- endmacro %}

{% macro sqlite__index_on(columns) -%}
    {{ return(
        'create index if not exists {{ this.schema }}.ix_{{ this.identifier }}__'
        ~ columns | join('__')
        ~ ' on {{ this.identifier }} (' ~ columns | join(', ') ~ ')'
    ) }}
{%- endmacro %}
