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

{# DuckDB would join every row to every row; an as-of join sorts both once. #}
{% macro duckdb__latest(column, of, since, at) -%}
    (
        select since.{{ column }}
        from (select {{ at }} as at) as moment
        asof inner join {{ of }} as since
            on moment.at >= since.{{ since }}
    )
{%- endmacro %}

{#
    Spark makes a range join of it; one that is sorted it joins and sorts ten times as
    long.
#}
{% macro spark__latest(column, of, since, at) -%}
    (
        select max_by({{ column }}, {{ since }})
        from {{ of }}
        where {{ since }} <= {{ at }}
    )
{%- endmacro %}
