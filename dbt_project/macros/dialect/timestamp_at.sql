{% macro timestamp_at(epoch_seconds) -%}
    {{ return(adapter.dispatch('timestamp_at')(epoch_seconds)) }}
{%- endmacro %}

{% macro sqlite__timestamp_at(epoch_seconds) -%}
    datetime({{ epoch_seconds }}, 'unixepoch')
{%- endmacro %}
