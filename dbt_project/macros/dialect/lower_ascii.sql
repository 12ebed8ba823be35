{% macro lower_ascii(text) -%}
    {{ return(adapter.dispatch('lower_ascii')(text)) }}
{%- endmacro %}

{% macro default__lower_ascii(text) -%}
    translate(
        {{ text }}, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz'
    )
{%- endmacro %}

{% macro sqlite__lower_ascii(text) -%}
    lower({{ text }})
{%- endmacro %}
