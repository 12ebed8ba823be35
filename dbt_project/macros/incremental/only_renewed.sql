{#
    For data tests that compare rows one by one: in an incremental build, a `where` that
    keeps the users and items that it rebuilds. The others are as they were when they
    were last tested. Full builds and `dbt test` read every row.
#}
{% macro only_renewed() -%}
    {%- set renewed = ref('int_user_items_changed') -%}
    {%- if builds_what_changed() -%}
        where (user_id, item_id) in (select user_id, item_id from {{ renewed }})
    {%- endif -%}
{%- endmacro %}
