{#
    dbt wants timestamps here, and SQLite gives texts. A source that was never
    loaded has none, which dbt takes for "infinitely long ago".
#}
{% macro sqlite__collect_freshness_custom_sql(source, loaded_at_query) -%}
    {%- call statement('collect_freshness', fetch_result=True, auto_begin=False) -%}
        select
            ({{ loaded_at_query }}) as max_loaded_at,
            datetime('now') as snapshotted_at
    {%- endcall -%}
    {%- set result = load_result('collect_freshness') -%}
    {%- set times = [] -%}
    {%- for text in result.table.rows[0] -%}
        {%- do times.append(
            modules.datetime.datetime.strptime(text, '%Y-%m-%d %H:%M:%S')
            if text is not none
        ) -%}
    {%- endfor -%}
    {{ return(namespace(response=result.response, table=[times])) }}
{%- endmacro %}

{# Elsewhere the texts are cast. #}
{% macro default__collect_freshness_custom_sql(source, loaded_at_query) -%}
    {%- call statement('collect_freshness', fetch_result=True, auto_begin=False) -%}
        select
            cast(({{ loaded_at_query }}) as timestamp) as max_loaded_at,
            {{ current_timestamp() }} as snapshotted_at
    {%- endcall -%}
    {{ return(load_result('collect_freshness')) }}
{%- endmacro %}
