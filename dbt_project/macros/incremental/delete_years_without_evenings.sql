{#
    A post-hook for reports with rows per year: an incremental build replaces the years
    that it makes again, and would leave those in which nothing is left.
#}
{% macro delete_years_without_evenings() -%}
    {{ return(
        "{% if builds_incrementally() %}"
        ~ "delete from {{ this }} where year not in ("
        ~ "select distinct {{ year_of('evening_on') }} from {{ ref('evenings') }})"
        ~ "{% endif %}"
    ) }}
{%- endmacro %}
