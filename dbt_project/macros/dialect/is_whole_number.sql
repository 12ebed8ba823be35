{# Whether a text is a whole number as the plugin writes them: digits, a minus before them or not. #}
{% macro is_whole_number(text) -%}
    {{ return(adapter.dispatch('is_whole_number')(text)) }}
{%- endmacro %}

{% macro sqlite__is_whole_number(text) -%}
    (
        rtrim({{ text }}, '0123456789') in ('', '-')
        and {{ text }} not in ('', '-')
    )
{%- endmacro %}
