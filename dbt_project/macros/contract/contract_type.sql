{# The engine's name of a type that a contract names. #}
{% macro contract_type(data_type) -%}
    {%- set types = adapter.dispatch('contract_types')() -%}
    {%- if data_type not in types -%}
        {{ exceptions.raise_compiler_error(
            model.name ~ ': a contract knows no type "' ~ data_type
            ~ '". Choose one of ' ~ types | join(', ') ~ '.'
        ) }}
    {%- endif -%}
    {{ return(types[data_type]) }}
{%- endmacro %}

{% macro default__contract_types() -%}
    {{ return({
        'text': 'text',
        'integer': 'bigint',
        'boolean': 'boolean',
        'double': 'double precision',
        'date': 'date',
        'timestamp': 'timestamp',
    }) }}
{%- endmacro %}

{% macro spark__contract_types() -%}
    {{ return({
        'text': 'string',
        'integer': 'bigint',
        'boolean': 'boolean',
        'double': 'double',
        'date': 'date',
        'timestamp': 'timestamp',
    }) }}
{%- endmacro %}

{# STRICT tables have no type for true and false, dates and times. #}
{% macro sqlite__contract_types() -%}
    {{ return({
        'text': 'text',
        'integer': 'integer',
        'boolean': 'integer',
        'double': 'real',
        'date': 'text',
        'timestamp': 'text',
    }) }}
{%- endmacro %}
