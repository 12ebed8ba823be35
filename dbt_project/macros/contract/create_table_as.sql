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
        {%- set key = model['constraints'] | map(attribute='columns') | sum(start=[]) -%}
        {%- set others = model['columns'] | reject('in', key) | list -%}
        {%- call statement('create_typed_table') -%}
            create table {{ relation }} (
                {%- for name in key + others %}
                {%- set column = model['columns'][name] %}
                {{ name }} {{ sqlite_type(column['data_type']) }}
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
    Contracts name the types that a model means; STRICT tables know five.
#}
{% macro sqlite_type(data_type) -%}
    {%- set types = {
        'text': 'text',
        'integer': 'integer',
        'boolean': 'integer',
        'double': 'real',
        'date': 'text',
        'timestamp': 'text',
    } -%}
    {%- if data_type not in types -%}
        {{ exceptions.raise_compiler_error(
            model.name ~ ': a contract on SQLite knows no type "' ~ data_type
            ~ '". Choose one of ' ~ types | join(', ') ~ '.'
        ) }}
    {%- endif -%}
    {{ return(types[data_type]) }}
{%- endmacro %}
