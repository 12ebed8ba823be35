{% macro json_element_field(alias, path, types=['text']) -%}
    {{ return(adapter.dispatch('json_element_field')(alias, path, types)) }}
{%- endmacro %}

{% macro sqlite__json_element_field(alias, path, types) -%}
    case
        when typeof({{ alias }}.key) = 'integer' and {{ alias }}.type = 'object'
            then case
                when
                    json_type({{ alias }}.value, '$.{{ path }}')
                    in ('{{ types | join("', '") }}')
                    then cast(json_extract({{ alias }}.value, '$.{{ path }}') as text)
            end
    end
{%- endmacro %}

{% macro duckdb__json_element_field(alias, path, types) -%}
    {%- set names = [] -%}
    {%- for type in types -%}
        {%- do names.extend(
            {'text': ['VARCHAR'], 'integer': ['UBIGINT', 'BIGINT']}[type]
        ) -%}
    {%- endfor -%}
    case
        when
            {{ alias }}.type = 'OBJECT'
            and json_type({{ alias }}.value, '$.{{ path }}')
            in ('{{ names | join("', '") }}')
            then {{ alias }}.value ->> '$.{{ path }}'
    end
{%- endmacro %}

{% macro postgres__json_element_field(alias, path, types) -%}
    {%- set field = '(' ~ alias ~ ".value #> '{" ~ path ~ "}')" -%}
    case
        when jsonb_typeof({{ alias }}.value) <> 'object' then null
        {%- if 'text' in types %}
        when jsonb_typeof({{ field }}) = 'string'
            then ({{ field }} #>> '{}') collate "C"
        {%- endif %}
        {%- if 'integer' in types %}
        when
            jsonb_typeof({{ field }}) = 'number'
            and {{ is_whole_number('(' ~ field ~ " #>> '{}')") }}
            then ({{ field }} #>> '{}') collate "C"
        {%- endif %}
    end
{%- endmacro %}

{% macro spark__json_element_field(alias, path, types) -%}
    {%- set names = [] -%}
    {%- for type in types -%}
        {%- do names.append({'text': 'STRING', 'integer': 'BIGINT'}[type]) -%}
    {%- endfor -%}
    {{ spark_of_json('variant_get(' ~ alias ~ ".value, '$." ~ path ~ "')", "
        case
            when schema_of_variant(value) in ('" ~ names | join("', '") ~ "')
                then cast(value as string)
        end
    ") }}
{%- endmacro %}
