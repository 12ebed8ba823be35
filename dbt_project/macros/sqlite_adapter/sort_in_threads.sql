{#
    A pre-hook for models with large sorts or indexes: SQLite may use the other
    processors for them. The sessions of a long history, which are sorted three times,
    take a sixth less time on two processors.
#}
{% macro sort_in_threads() -%}
    {{ return(adapter.dispatch('sort_in_threads')()) }}
{%- endmacro %}

{% macro default__sort_in_threads() %}{% endmacro %}

{% macro sqlite__sort_in_threads() %}pragma threads = 4{% endmacro %}
