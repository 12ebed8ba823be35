{#
    The adapter puts parentheses around the selected key, which makes one value of it:
    a key of several columns fails.
#}
{% macro sqlite_incremental_upsert(
    tmp_relation, target_relation, unique_key=none, statement_name='main'
) %}
    {%- set columns = adapter.get_columns_in_relation(target_relation)
        | map(attribute='quoted') | join(', ') -%}
    {%- if unique_key is not none -%}
        {%- set key =
            unique_key if unique_key is string else unique_key | join(', ')
        -%}
        {%- call statement('delete_old_rows') -%}
            delete from {{ target_relation }}
            where ({{ key }}) in (select {{ key }} from {{ tmp_relation }})
        {%- endcall -%}
    {%- endif -%}
    insert into {{ target_relation }} ({{ columns }})
    select {{ columns }} from {{ tmp_relation }}
{%- endmacro %}
