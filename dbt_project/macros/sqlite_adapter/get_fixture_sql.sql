{#
    dbt takes the columns of the fixture of `this` from the table as it was last built: it
    may not be there yet, or be of an earlier version and lack columns. The fixture's own
    columns do as well.
#}
{% macro get_fixture_sql(rows, column_name_to_data_types) %}
    {%- set types = column_name_to_data_types or {} -%}
    {%- if not types -%}
        {%- set built = load_relation(this) -%}
        {%- if built is not none -%}
            {%- for column in adapter.get_columns_in_relation(built) -%}
                {%- do types.update({column.name | lower: column.data_type}) -%}
            {%- endfor -%}
        {%- endif -%}
        {%- for name in (rows[0] if rows else ([] if types else ['no_column'])) -%}
            {%- if name | lower not in types -%}
                {%- do types.update({name | lower: 'UNKNOWN'}) -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endif -%}
    {{- dbt.get_fixture_sql(rows, types) -}}
{% endmacro %}
