{#
    Unnamed: while a table is built beside the old one, which has its indexes still, names
    would be taken. An incremental build keeps the table and its indexes.
#}
{% macro postgres__index_on(columns) -%}
    {{ return(
        "{% if not is_incremental() %}"
        ~ 'create index on {{ this }} (' ~ columns | join(', ') ~ ')'
        ~ "{% endif %}"
    ) }}
{%- endmacro %}
