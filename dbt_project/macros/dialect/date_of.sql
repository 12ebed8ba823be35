{% macro date_of(timestamp) -%}
    {{ return(adapter.dispatch('date_of')(timestamp)) }}
{%- endmacro %}

{% macro sqlite__date_of(timestamp) -%}
    date({{ timestamp }})
{%- endmacro %}
