{#
    dbt makes a union of a fixture's rows. Spark pushes what is selected of a union into
    its parts, and fails if that is a subquery of each row, as the macro latest writes.
#}
{% macro spark__fixture_of(rows, types) %}
    {%- if not rows -%}
        {{- return(dbt.get_fixture_sql(rows, types)) -}}
    {%- endif -%}
    select * from values
    {%- for row in rows %}
        {%- set told = dbt.format_row(row, types) -%}
        {%- set values = [] -%}
        {%- for name, type in types.items() -%}
            {%- do values.append(told.get(name, dbt.safe_cast('null', type))) -%}
        {%- endfor %}
        ({{ values | join(', ') }}){{ ',' if not loop.last }}
    {%- endfor %}
    as fixture ({{ types | join(', ') }})
{%- endmacro %}
