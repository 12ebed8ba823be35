{#
    A post-hook for models with rows per evening: an incremental build replaces the
    evenings that it makes again, and would leave those that `model` has no more.
#}
{% macro delete_evenings_without(model) -%}
    {{ return(
        "{% if builds_incrementally() %}"
        ~ "delete from {{ this }} where evening_on not in ("
        ~ "select distinct evening_on from {{ ref('" ~ model ~ "') }})"
        ~ "{% endif %}"
    ) }}
{%- endmacro %}
