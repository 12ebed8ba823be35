{#
    Several statements that are one: on SQLite with the write lock from the beginning,
    on PostgreSQL one build after another.
#}
{% macro begin_writing() %}
    {% do adapter.dispatch('begin_writing')() %}
{% endmacro %}

{# dbt may have begun, and knows whether it has. #}
{% macro default__begin_writing() %}
    {% call statement('begin', auto_begin=true) %}
        select 1
    {% endcall %}
{% endmacro %}

{# A lock of our own, which is there before any table is: committing gives it back. #}
{% macro postgres__begin_writing() %}
    {% call statement('begin', auto_begin=true) %}
        select pg_advisory_xact_lock(hashtext('{{ builds() }}'))
    {% endcall %}
{% endmacro %}

{% macro sqlite__begin_writing() %}
    {% do run_query(wait_for_writers()) %}
    {% do run_query('begin immediate') %}
{% endmacro %}

{% macro commit_writing() %}
    {% do adapter.dispatch('commit_writing')() %}
{% endmacro %}

{% macro default__commit_writing() %}
    {% do adapter.commit() %}
{% endmacro %}

{% macro sqlite__commit_writing() %}
    {% do run_query('commit') %}
{% endmacro %}
