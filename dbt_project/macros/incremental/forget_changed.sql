{#
    A pre-hook: before an incremental model is built, the rows of the users and items
    that were changed are deleted, also of those that will have none any more.

    A model that is built anew is another one for those that were built from it. Their
    records are deleted, so that they are built anew too.
#}
{% macro forget_changed() %}
{%- if execute and config.get('materialized') == 'incremental' -%}
    {%- if not is_incremental() -%}
        delete from {{ model_builds() }}
        where model_name in ('{{ incremental_descendants(model) | join("', '") }}')
    {%- elif 'changed_in' not in model.columns -%}
        {%- set key = user_item_key(model) -%}
        delete from {{ this }}
        where ({{ key }}) in ({{ changed_user_items(key) }})
    {%- endif -%}
{%- endif -%}
{% endmacro %}

{# The columns that name the user and item in a model. #}
{% macro user_item_key(node) -%}
    {{ return(
        'user_item_number' if 'user_item_number' in node.columns
        else 'user_id, item_id'
    ) }}
{%- endmacro %}
