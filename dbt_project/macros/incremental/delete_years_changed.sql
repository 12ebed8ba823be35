{#
    A pre-hook for reports with rows per year: an incremental build deletes the years
    that it makes again. Otherwise a year of which nothing is reported any more would
    keep its rows, because those are replaced by the years of the new ones.
#}
{% macro delete_years_changed() -%}
    {{ return(
        "{% if is_incremental() %}"
        ~ "delete from {{ this }} {{ only_years_changed('year') }}"
        ~ "{% endif %}"
    ) }}
{%- endmacro %}
