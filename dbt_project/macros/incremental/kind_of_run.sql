{#
    Tests, previews and documentation leave the tables as they are. In `dbt retry`,
    flags.WHICH is the command that is repeated.
#}
{% macro builds_models() %}
    {% do return(flags.WHICH in ('build', 'run')) %}
{% endmacro %}

{# Whether a build may be one of what changed since the one before. #}
{% macro builds_incrementally() %}
    {% do return(adapter.dispatch('builds_incrementally')()) %}
{% endmacro %}

{% macro default__builds_incrementally() %}
    {% do return(true) %}
{% endmacro %}

{# DuckDB builds everything in the time in which others find out what changed. #}
{% macro duckdb__builds_incrementally() %}
    {% do return(false) %}
{% endmacro %}

{# A table of Spark is files: no row of it is deleted or replaced. #}
{% macro spark__builds_incrementally() %}
    {% do return(false) %}
{% endmacro %}

{% macro builds_without_rows() %}
    {% do return(
        invocation_args_dict.get('empty') or invocation_args_dict.get('sample')
    ) %}
{% endmacro %}
