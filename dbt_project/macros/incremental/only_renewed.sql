{#
    For data tests that compare rows one by one. While a build brings up to date what
    changed, a `where` that keeps the users and items that it renews: the others are as
    they were when they were tested last. Nothing in a full build and in `dbt test`,
    which read every row.
#}
{% macro only_renewed() -%}
    {%- set renewed = ref('int_user_items_changed') -%}
    {%- if builds_what_changed() -%}
        where (user_id, item_id) in (select user_id, item_id from {{ renewed }})
    {%- endif -%}
{%- endmacro %}
