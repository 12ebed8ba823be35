{#
    A readable key of several columns: their values with a bar between them. A bar in a
    value is written as %7C and a percent sign as %25, so that no two keys are alike.
#}
{% macro concatenated_key(columns) -%}
    {%- for column in columns -%}
        replace(replace({{ as_text(column) }}, '%', '%25'), '|', '%7C')
        {%- if not loop.last %} || '|' || {% endif -%}
    {%- endfor -%}
{%- endmacro %}
