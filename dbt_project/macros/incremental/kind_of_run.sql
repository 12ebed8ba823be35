{#
    Tests, previews and documentation leave the tables as they are. In `dbt retry`,
    flags.WHICH is the command that is repeated.
#}
{% macro builds_models() %}
    {% do return(flags.WHICH in ('build', 'run')) %}
{% endmacro %}

{# DuckDB builds everything in the time in which others find out what changed. #}
{% macro default__builds_incrementally() %}
    {% do return(true) %}
{% endmacro %}

{% macro duckdb__builds_incrementally() %}
    {% do return(false) %}
{% endmacro %}

{% macro builds_without_rows() %}
    {% do return(
        invocation_args_dict.get('empty') or invocation_args_dict.get('sample')
    ) %}
{% endmacro %}
