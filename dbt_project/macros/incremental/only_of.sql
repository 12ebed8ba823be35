{#
    The condition that leaves an incremental build the rows of some users and items; a
    full build has them all. `user_items`: the relation that lists them.
#}
{% macro only_of(user_items) -%}
    {%- if is_incremental() -%}
        where (user_id, item_id) in (select user_id, item_id from {{ user_items }})
    {%- endif -%}
{%- endmacro %}
