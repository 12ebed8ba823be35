{#
    dbt takes the columns of the fixture of `this` from the table as it was last built:
    it may not be there yet, or be of an earlier version and lack columns. The fixture's
    own columns do as well.
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
                {%- set told = [] -%}
                {%- for row in rows if row.get(name) is not none -%}
                    {%- do told.append(row[name]) -%}
                {%- endfor -%}
                {%- do types.update({
                    name | lower: type_of_fixture(name | lower, told | first)
                }) -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endif -%}
    {{- adapter.dispatch('fixture_of')(rows, types) -}}
{% endmacro %}

{% macro default__fixture_of(rows, types) %}
    {{- dbt.get_fixture_sql(rows, types) -}}
{% endmacro %}

{% macro type_of_fixture(column_name, value) %}
    {{ return(adapter.dispatch('type_of_fixture')(column_name, value)) }}
{% endmacro %}

{# The contract is not known here: what the name says, and the first value. #}
{% macro default__type_of_fixture(column_name, value) %}
    {%- set unit = column_name.split('_') | last -%}
    {%- if unit in ('at', 'local') and column_name != 'played_at_local' -%}
        {{ return(contract_type('timestamp')) }}
    {%- elif unit == 'on' -%}
        {{ return(contract_type('date')) }}
    {%- elif column_name.split('_') | first in ('is', 'has', 'completes') -%}
        {{ return(contract_type('boolean')) }}
    {%- elif value is string -%}
        {{ return(dbt.type_string()) }}
    {%- elif unit in ('ratio', 'minutes', 'hours', 'score', 'amount') -%}
        {{ return(contract_type('double')) }}
    {%- elif value is number or unit in ('seconds', 'count', 'number', 'build') -%}
        {{ return(contract_type('integer')) }}
    {%- endif -%}
    {{ return(dbt.type_string()) }}
{% endmacro %}

{# SQLite needs none. #}
{% macro sqlite__type_of_fixture(column_name, value) %}
    {{ return('UNKNOWN') }}
{% endmacro %}
