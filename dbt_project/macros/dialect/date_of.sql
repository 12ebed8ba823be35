{% macro date_of(timestamp) -%}
    {{ return(adapter.dispatch('date_of')(timestamp)) }}
{%- endmacro %}

{% macro sqlite__date_of(timestamp) -%}
    date({{ timestamp }})
{%- endmacro %}

{% macro default__date_of(timestamp) -%}
    cast({{ timestamp }} as date)
{%- endmacro %}
