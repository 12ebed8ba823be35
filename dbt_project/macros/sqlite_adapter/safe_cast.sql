{#
    Unit tests cast their fixtures to the column types of the relation they stand
    for. A view's computed columns have none, the adapter calls that UNKNOWN, and
    SQLite reads a cast to UNKNOWN as a cast to a number: 'e1' becomes 0.
#}
{% macro sqlite__safe_cast(field, type) -%}
    {%- if type | upper == 'UNKNOWN' -%}
        {{ field }}
    {%- else -%}
        cast({{ field }} as {{ type }})
    {%- endif -%}
{%- endmacro %}
