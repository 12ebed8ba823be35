{#
    A post-hook that indexes columns of a model. The adapter knows no `indexes:`.
    An index is named after its table and columns, in the table's schema.
#}
{% macro index_on(columns) -%}
    {{ return(adapter.dispatch('index_on')(columns)) }}
{%- endmacro %}

{% macro sqlite__index_on(columns) -%}
    {{ return(
        'create index if not exists {{ this.schema }}.ix_{{ this.identifier }}__'
        ~ columns | join('__')
        ~ ' on {{ this.identifier }} (' ~ columns | join(', ') ~ ')'
    ) }}
{%- endmacro %}
