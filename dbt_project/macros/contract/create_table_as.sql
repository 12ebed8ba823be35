{#
    The adapter only warns about contracts. Here a table under contract is
    created with the types of its YAML, and STRICT, so that SQLite enforces types
    and constraints; the rows are inserted in a second statement.

    A primary key of the whole model is also the order in which SQLite keeps the rows,
    so that those of one user and item are found without another index. Its columns
    come first: otherwise the integrity check of SQLite 3.40 reports NOT NULL violations
    that are none.
#}
{% macro sqlite__create_table_as(temporary, relation, sql) -%}
    {%- if config.get('contract').enforced and not temporary -%}
        {{ get_assert_columns_equivalent(sql) }}
        {%- set key =
            model['constraints'] | map(attribute='columns') | sum(start=[])
        -%}
        {%- set others = model['columns'] | reject('in', key) | list -%}
        {%- call statement('create_typed_table') -%}
            create table {{ relation }} (
                {%- for name in key + others %}
                {%- set column = model['columns'][name] %}
                {{ name }} {{ contract_type(column['data_type']) }}
                {%- for constraint in column['constraints'] %}
                {{- ' ' ~ constraint['type'] | replace('_', ' ') }}
                {%- endfor -%}
                {{ ',' if not loop.last }}
                {%- endfor %}
                {{- ', primary key (' ~ key | join(', ') ~ ')' if key }}
            ) strict{{ ', without rowid' if key }}
        {%- endcall -%}
        insert into {{ relation }} ({{ model['columns'] | join(', ') }})
        select {{ model['columns'] | join(', ') }} from (
            {{ sql }}
        )
    {%- else -%}
        create {{ 'temporary ' if temporary }}table {{ relation }} as
        {{ sql }}
    {%- endif -%}
{%- endmacro %}

{#
    Elsewhere dbt compares the names of types, and a sum of integers is wider than one.
    Here the names of the columns are compared, and each is cast to the type of the
    contract. DuckDB has no primary keys here: they would make inserts slow, and the
    keys of marts have data tests.
#}
{% macro duckdb__create_table_as(
    temporary,
    relation,
    compiled_code,
    language='sql',
    partitioned_by=none,
    sorted_by=none
) -%}
    {{ create_table_under_contract(
        temporary, relation, compiled_code, with_key=false
    ) }}
{%- endmacro %}

{% macro postgres__create_table_as(temporary, relation, sql) -%}
    {{ create_table_under_contract(temporary, relation, sql, with_key=true) }}
{%- endmacro %}

{% macro create_table_under_contract(temporary, relation, sql, with_key) -%}
    {%- if config.get('contract').enforced and not temporary -%}
        {{ refuse_other_columns(sql) }}
        {%- set key =
            model['constraints'] | map(attribute='columns') | sum(start=[])
        -%}
        create table {{ relation }} (
            {%- for name, column in model['columns'].items() %}
            {{ name }} {{ contract_type(column['data_type']) }}
            {%- for constraint in column['constraints'] %}
            {{- ' ' ~ constraint['type'] | replace('_', ' ') }}
            {%- endfor -%}
            {{ ',' if not loop.last }}
            {%- endfor %}
            {{- ', primary key (' ~ key | join(', ') ~ ')' if key and with_key }}
        );
        insert into {{ relation }} ({{ model['columns'] | join(', ') }})
        {{ select_as_contracted(sql) }}
    {%- else -%}
        create {{ 'temporary ' if temporary }}table {{ relation }} as
        {{ select_as_contracted(sql) if config.get('contract').enforced else sql }}
    {%- endif -%}
{%- endmacro %}

{# Spark enforces nothing by itself: the query fails on what breaks the contract. #}
{% macro spark__create_table_as(temporary, relation, compiled_code, language='sql') -%}
    {%- if temporary -%}
        create or replace temporary view {{ relation }} as
    {%- else -%}
        create table {{ relation }} {{ file_format_clause() }} as
    {%- endif %}
    {{ spark_under_contract(compiled_code) }}
{%- endmacro %}

{% macro spark__create_view_as(relation, sql) -%}
    create or replace view {{ relation }} as
    {{ spark_under_contract(sql) }}
{%- endmacro %}

{% macro spark_under_contract(sql) -%}
    {%- if config.get('contract').enforced -%}
        {{ refuse_other_columns(sql) }}
        {{ select_as_contracted(sql) }}
    {%- else -%}
        {{ sql }}
    {%- endif -%}
{%- endmacro %}

{% macro select_as_contracted(sql) -%}
    select
        {%- for name, column in model['columns'].items() %}
        {{ adapter.dispatch('as_contracted')(name, column) }}
        {{- ',' if not loop.last }}
        {%- endfor %}
    from (
        {{ sql }}
    ) as contracted
{%- endmacro %}

{# Texts are not cast: they are texts, and sorted as they were. #}
{% macro default__as_contracted(name, column) -%}
    {{ name if column['data_type'] == 'text' else
        'cast(' ~ name ~ ' as ' ~ contract_type(column['data_type']) ~ ') as ' ~ name
    }}
{%- endmacro %}

{#
    dbt-spark has casts give null where they fail, and overflow: try_cast gives null for
    both, and the query fails where that is no null of the model's.
#}
{% macro spark__as_contracted(name, column) -%}
    {%- set is_required =
        'not_null' in column['constraints'] | map(attribute='type')
    -%}
    {%- set typed =
        'coalesce(try_cast(' ~ name ~ ' as ' ~ contract_type(column['data_type'])
        ~ "), raise_error('" ~ model.name ~ '.' ~ name ~ ' breaks its contract: it is '
        ~ ('null, or ' if is_required) ~ 'no ' ~ column['data_type'] ~ "'))"
    -%}
    {{ typed if is_required else 'if(' ~ name ~ ' is null, null, ' ~ typed ~ ')' }}
    {{- ' as ' ~ name }}
{%- endmacro %}

{% macro refuse_other_columns(sql) -%}
    {%- set selected =
        get_column_schema_from_query(sql) | map(attribute='name') | list
    -%}
    {%- set listed = model['columns'] | list -%}
    {%- set missing = listed | reject('in', selected) | list -%}
    {%- set others = selected | reject('in', listed) | list -%}
    {%- if missing or others -%}
        {{ exceptions.raise_compiler_error(
            model.name ~ ' breaks its contract. Missing: ' ~ missing | join(', ')
            ~ '. Not in its YAML: ' ~ others | join(', ') ~ '.'
        ) }}
    {%- endif -%}
{%- endmacro %}
