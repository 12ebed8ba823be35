{#
    The query of a recursive CTE `days`: the seconds since 1970 of every day from
    from_epoch_seconds to until_epoch_seconds, of which the relation `span` has one row.
#}
{% macro days_spanned() -%}
    {{ return(adapter.dispatch('days_spanned')()) }}
{%- endmacro %}

{% macro default__days_spanned() -%}
    select
        from_epoch_seconds as epoch_seconds,
        until_epoch_seconds
    from span
    where from_epoch_seconds is not null

    union all

    select
        epoch_seconds + 86400 as epoch_seconds,
        until_epoch_seconds
    from days
    where epoch_seconds < until_epoch_seconds
{%- endmacro %}

{# Spark stops a recursion at 100 steps. #}
{% macro spark__days_spanned() -%}
    select explode(
        sequence(from_epoch_seconds, until_epoch_seconds, 86400)
    ) as epoch_seconds
    from span
{%- endmacro %}
