{% macro json_element_text(alias) -%}
    {{ return(adapter.dispatch('json_element_text')(alias)) }}
{%- endmacro %}

{% macro sqlite__json_element_text(alias) -%}
    case
        when typeof({{ alias }}.key) = 'integer' and {{ alias }}.type = 'text'
            then {{ alias }}.atom
    end
{%- endmacro %}

{% macro duckdb__json_element_text(alias) -%}
    case when {{ alias }}.type = 'VARCHAR' then {{ alias }}.value ->> '$' end
{%- endmacro %}

{% macro postgres__json_element_text(alias) -%}
    case
        when jsonb_typeof({{ alias }}.value) = 'string'
            then ({{ alias }}.value #>> '{}') collate "C"
    end
{%- endmacro %}

{% macro spark__json_element_text(alias) -%}
    case
        when schema_of_variant({{ alias }}.value) = 'STRING'
            then cast({{ alias }}.value as string)
    end
{%- endmacro %}
