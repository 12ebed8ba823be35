{% macro is_whole_number(text) -%}
    {{ return(adapter.dispatch('is_whole_number')(text)) }}
{%- endmacro %}

{% macro sqlite__is_whole_number(text) -%}
    (
        rtrim({{ text }}, '0123456789') in ('', '-')
        and {{ text }} not in ('', '-')
    )
{%- endmacro %}
