{% macro timestamp_at(epoch_seconds) -%}
    {{ return(adapter.dispatch('timestamp_at')(epoch_seconds)) }}
{%- endmacro %}

{% macro sqlite__timestamp_at(epoch_seconds) -%}
    datetime({{ epoch_seconds }}, 'unixepoch')
{%- endmacro %}

{% macro duckdb__timestamp_at(epoch_seconds) -%}
    make_timestamp(({{ epoch_seconds }}) * 1000000)
{%- endmacro %}

{% macro postgres__timestamp_at(epoch_seconds) -%}
    (timestamp '1970-01-01' + ({{ epoch_seconds }}) * interval '1 second')
{%- endmacro %}

{% macro spark__timestamp_at(epoch_seconds) -%}
    cast(timestamp_seconds({{ epoch_seconds }}) as timestamp)
{%- endmacro %}
