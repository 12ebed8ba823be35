{# In UTC, as every time here: the adapter's is one in the zone of the machine. #}
{% macro spark__current_timestamp() -%}
    cast(current_timestamp() as timestamp)
{%- endmacro %}
