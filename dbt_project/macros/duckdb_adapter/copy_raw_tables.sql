{#
    on-run-start: the extractor writes SQLite, and DuckDB reads what is there when a run
    starts: every raw table, copied into the schema emby_raw. One transaction on each
    side, so that an extractor that runs meanwhile is seen in all tables or in none.

    The file is attached for as long as that takes: dbt-duckdb lists what is in every
    attached file, and DuckDB cannot read the views that SQLite has. A text in a column
    of numbers, which SQLite allows, is null.
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
    {% set attach = "attach '" ~ path ~ "' as warehouse (type sqlite, read_only)" %}
    {% set columns = {} %}
    {% do run_query(attach) %}
    {% for source in graph.sources.values() %}
        {% do columns.update({source.name: []}) %}
        {% for name, type in run_query(
            'select column_name, column_type from (describe warehouse.'
            ~ source.name ~ ')'
        ).rows %}
            {% do columns[source.name].append(
                'try_cast(' ~ name ~ ' as ' ~ type ~ ') as ' ~ name
            ) %}
        {% endfor %}
    {% endfor %}
    {% do run_query('detach warehouse') %}
    {% do run_query('set sqlite_all_varchar = true') %}
    {% do run_query(attach) %}
    {% do begin_writing() %}
    {% do run_query('create schema if not exists emby_raw') %}
    {% for table, selected in columns.items() %}
        {% do run_query(
            'create or replace table emby_raw.' ~ table
            ~ ' as select ' ~ selected | join(', ') ~ ' from warehouse.' ~ table
        ) %}
    {% endfor %}
    {% do commit_writing() %}
    {% do run_query('detach warehouse') %}
    {% do run_query('set sqlite_all_varchar = false') %}
{% endif %}
{% endmacro %}
