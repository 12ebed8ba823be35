{#
    dbt takes the columns of a fixture from the relation that it stands for, and fails
    where that is not there yet, as `this` is not before the first build. The fixture's
    own columns do as well.
#}
{% macro get_fixture_sql(rows, column_name_to_data_types) %}
    {%- set types = column_name_to_data_types or {} -%}
    {%- if not types and load_relation(this) is none -%}
        {%- for name in (rows[0] if rows else ['no_column']) -%}
            {%- do types.update({name | lower: 'UNKNOWN'}) -%}
        {%- endfor -%}
    {%- endif -%}
    {{- dbt.get_fixture_sql(rows, types) -}}
{% endmacro %}
