{#
    on-run-start: the extractor writes SQLite, and DuckDB reads what is there when a run
    starts: every raw table, copied into the schema emby_raw. One transaction on each side,
    so that an extractor that runs meanwhile is seen in all tables or in none.

    The file is attached for as long as that takes: dbt-duckdb lists what is in every
    attached file, and DuckDB cannot read the views that SQLite has.
#}
{% macro copy_raw_tables() -%}
    {{ return(adapter.dispatch('copy_raw_tables')()) }}
{%- endmacro %}

{% macro default__copy_raw_tables() %}{% endmacro %}

{% macro duckdb__copy_raw_tables() %}
{% if execute and flags.WHICH in ('build', 'run', 'freshness') %}
    {% set path = target.plugins[0].config.warehouse | replace("'", "''") %}
    {% if not run_query("select 1 from glob('" ~ path ~ "')").rows %}
        {% do nothing_is_loaded() %}
    {% endif %}
    {% do run_query("attach '" ~ path ~ "' as warehouse (type sqlite, read_only)") %}
    {% do begin_writing() %}
    {% do run_query('create schema if not exists emby_raw') %}
    {% for source in graph.sources.values() %}
        {% do run_query(
            'create or replace table emby_raw.' ~ source.name
            ~ ' as select * from warehouse.' ~ source.name
        ) %}
    {% endfor %}
    {% do commit_writing() %}
    {% do run_query('detach warehouse') %}
{% endif %}
{% endmacro %}
