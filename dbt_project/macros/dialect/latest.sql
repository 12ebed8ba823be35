{% macro latest(column, of, since, at) -%}
    {{ return(adapter.dispatch('latest')(column, of, since, at)) }}
{%- endmacro %}

{#
    On SQLite a step to one place in an index, where a range join would compare every
    moment with every row.
#}
{% macro default__latest(column, of, since, at) -%}
    (
        select {{ column }}
        from {{ of }}
        where {{ since }} <= {{ at }}
        order by {{ since }} desc
        limit 1
    )
{%- endmacro %}
