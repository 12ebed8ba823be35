{#
    The adapter drops a table before it builds it again: a model that fails is a model
    that is gone, and after a run that was killed Spark refuses to create what half
    exists. Here a table is built under a name of this run, and takes the place of the
    old one when it is whole. Incremental models are tables, because every build on
    Spark is a full one.
#}
{% materialization table, adapter='spark' %}
    {{ return(spark_built_anew()) }}
{% endmaterialization %}

{% materialization incremental, adapter='spark' %}
    {{ return(spark_built_anew()) }}
{% endmaterialization %}

{% macro spark_built_anew() %}
    {%- set table = this.incorporate(type='table') -%}
    {{ run_hooks(pre_hooks) }}
    {%- call statement('main') -%}
        {{ create_table_as(false, spark_of_this_run(table), sql) }}
    {%- endcall -%}
    {%- do spark_put_in_place(table) -%}
    {{ run_hooks(post_hooks) }}
    {{ return({'relations': [table]}) }}
{% endmacro %}

{# What a table is called until it is whole. #}
{% macro spark_of_this_run(table) %}
    {% do return(table.incorporate(path={
        'identifier': table.identifier ~ '__of_run_' ~ invocation_id | replace('-', '')
    })) %}
{% endmacro %}

{# Between the two statements there is no table. #}
{% macro spark_put_in_place(table) %}
    {% set old = load_relation(table) %}
    {% if old is not none %}
        {% do adapter.drop_relation(old) %}
    {% endif %}
    {% do adapter.rename_relation(spark_of_this_run(table), table) %}
{% endmacro %}

{# What runs that were killed have left. #}
{% macro spark_drop_tables_of_other_runs(schema) %}
    {% for row in run_query('show tables in ' ~ schema ~ " like '*__of_run_*'").rows %}
        {% do run_query('drop table ' ~ schema ~ '.' ~ row['tableName']) %}
    {% endfor %}
{% endmacro %}
