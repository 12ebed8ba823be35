{% macro latest(column, of, since, at) -%}
    {{ return(adapter.dispatch('latest')(column, of, since, at)) }}
{%- endmacro %}

{#
    One index seek a row on SQLite, where a range join would compare all pairs.
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
