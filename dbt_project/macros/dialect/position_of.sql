{% macro position_of(part, text) -%}
    {{ return(adapter.dispatch('position_of')(part, text)) }}
{%- endmacro %}

{% macro default__position_of(part, text) -%}
    instr({{ text }}, {{ part }})
{%- endmacro %}

{% macro postgres__position_of(part, text) -%}
    strpos({{ text }}, {{ part }})
{%- endmacro %}
