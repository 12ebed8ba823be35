{# Where a model says whether a CTE is to be kept, or looked up in what it reads. #}
{% macro materialized(wanted=true) -%}
    {{ return(adapter.dispatch('materialized')(wanted)) }}
{%- endmacro %}

{% macro default__materialized(wanted) -%}
    {{ 'materialized' if wanted else 'not materialized' }}
{%- endmacro %}

{# Spark decides by itself, and knows no word for it. #}
{% macro spark__materialized(wanted) %}{% endmacro %}
