{#
    dbt compares the texts of numbers, and a decimal number is written with all the
    zeros that it was computed with. In a table it would be a double anyway, or an
    integer.
#}
{% macro postgres__get_unit_test_sql(
    main_sql, expected_fixture_sql, expected_column_names
) -%}
    {{ unit_test_sql_without_decimals(
        main_sql, expected_fixture_sql, expected_column_names
    ) }}
{%- endmacro %}

{% macro spark__get_unit_test_sql(
    main_sql, expected_fixture_sql, expected_column_names
) -%}
    {{ unit_test_sql_without_decimals(
        main_sql, expected_fixture_sql, expected_column_names
    ) }}
{%- endmacro %}

{% macro unit_test_sql_without_decimals(
    main_sql, expected_fixture_sql, expected_column_names
) -%}
    {%- set selected = [] -%}
    {%- for column in get_column_schema_from_query(main_sql)
        if column.name in expected_column_names -%}
        {%- do selected.append(
            'cast(' ~ column.name ~ ' as ' ~ contract_type('double') ~ ') as '
            ~ column.name
            if column.is_numeric() or column.dtype.startswith('decimal')
            else column.name
        ) -%}
    {%- endfor -%}
    {%- set select = 'select ' ~ selected | join(', ') ~ ' from (' -%}
    {{ dbt.default__get_unit_test_sql(
        select ~ main_sql ~ ') as actual',
        select ~ expected_fixture_sql ~ ') as expected',
        expected_column_names
    ) }}
{%- endmacro %}
