{#
    A post-hook: PostgreSQL knows nothing of a table that was filled a moment ago, and
    joins it row by row to the next.
#}
{% macro analyze() -%}
    {{ return(adapter.dispatch('analyze')()) }}
{%- endmacro %}

{% macro default__analyze() %}{% endmacro %}

{% macro postgres__analyze() -%}
    {%- if model.config.materialized != 'view' -%}
        analyze {{ this }}
    {%- endif -%}
{%- endmacro %}
