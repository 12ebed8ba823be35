{% macro epoch_seconds(timestamp) -%}
    {{ return(adapter.dispatch('epoch_seconds')(timestamp)) }}
{%- endmacro %}

{% macro sqlite__epoch_seconds(timestamp) -%}
    cast(strftime('%s', {{ timestamp }}) as integer)
{%- endmacro %}
