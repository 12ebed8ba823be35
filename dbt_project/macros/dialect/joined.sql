{% macro joined(text) -%}
    {{ return(adapter.dispatch('joined')(text)) }}
{%- endmacro %}

{% macro default__joined(text) -%}
    coalesce(string_agg({{ text }}, ',' order by {{ text }}), '')
{%- endmacro %}

{# In the order of the subquery that it reads. #}
{% macro sqlite__joined(text) -%}
    coalesce(group_concat({{ text }}), '')
{%- endmacro %}
