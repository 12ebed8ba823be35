{#
    The adapter writes a value between quotes as it is: an apostrophe ends it, and what
    is empty becomes the text None. Types are named as seeds name them.
#}
{% macro spark__load_csv_rows(model, agate_table) %}
    {%- set rows = [] -%}
    {%- for row in agate_table.rows -%}
        {%- set values = [] -%}
        {%- for name in agate_table.column_names -%}
            {%- do values.append(
                'null' if row[name] is none
                else dbt.string_literal(dbt.escape_single_quotes(row[name] | string))
            ) -%}
        {%- endfor -%}
        {%- do rows.append('(' ~ values | join(', ') ~ ')') -%}
    {%- endfor -%}
    {%- set insert -%}
        insert into {{ this }}
        select
            {%- for name in agate_table.column_names %}
            cast({{ name }} as {{ type_of_seed(model.config.column_types[name]) }})
            {{- ',' if not loop.last }}
            {%- endfor %}
        from values {{ rows | join(', ') }}
        as seeded ({{ agate_table.column_names | join(', ') }})
    {%- endset -%}
    {%- if rows -%}
        {%- do run_query(insert) -%}
    {%- endif -%}
    {{ return(insert) }}
{% endmacro %}

{% macro spark__create_csv_table(model, agate_table) %}
    {%- set create -%}
        create table {{ this }} (
            {%- for name in agate_table.column_names %}
            {{ name }} {{ type_of_seed(model.config.column_types[name]) }}
            {{- ',' if not loop.last }}
            {%- endfor %}
        )
        {{ file_format_clause() }}
    {%- endset -%}
    {%- do run_query(create) -%}
    {{ return(create) }}
{% endmacro %}
