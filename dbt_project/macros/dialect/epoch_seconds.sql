{% macro epoch_seconds(timestamp) -%}
    {{ return(adapter.dispatch('epoch_seconds')(timestamp)) }}
{%- endmacro %}

{% macro sqlite__epoch_seconds(timestamp) -%}
    cast(strftime('%s', {{ timestamp }}) as integer)
{%- endmacro %}

{# A text that is none gives null, as on SQLite: `case` does not keep DuckDB from it. #}
{% macro duckdb__epoch_seconds(timestamp) -%}
    cast(epoch(try_cast({{ timestamp }} as timestamp)) as bigint)
{%- endmacro %}

{% macro postgres__epoch_seconds(timestamp) -%}
    cast(extract(epoch from cast({{ timestamp }} as timestamp)) as bigint)
{%- endmacro %}

{% macro spark__epoch_seconds(timestamp) -%}
    unix_seconds(try_cast({{ timestamp }} as timestamp))
{%- endmacro %}
