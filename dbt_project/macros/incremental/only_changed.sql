{#
    The where clause that leaves an incremental build the rows of the users and items
    that were changed since the model was last built. `key` is how the relation names
    them: user_item_number, or user_id and item_id. A full build has them all.
#}
{% macro only_changed(key) -%}
    {%- if is_incremental() -%}
        where ({{ key }}) in ({{ changed_user_items(key) }})
    {%- endif -%}
{%- endmacro %}

{# Without ref(): every model that asks descends from it anyhow, by what it reads. #}
{% macro changed_user_items(key) -%}
    select {{ key }} from {{ this.schema }}.int_user_items_described
    where changed_in > {{ built_as_of() }}
{%- endmacro %}
