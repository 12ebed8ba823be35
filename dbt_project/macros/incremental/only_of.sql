{#
    In an incremental build, a `where` that keeps only the listed users and items;
    nothing in a full build. `user_items`: the relation that lists them.
#}
{% macro only_of(user_items) -%}
    {%- if is_incremental() -%}
        where (user_id, item_id) in (select user_id, item_id from {{ user_items }})
    {%- endif -%}
{%- endmacro %}
