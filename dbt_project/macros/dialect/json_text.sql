{% macro json_text(column, path) -%}
    {{ return(adapter.dispatch('json_text')(column, path)) }}
{%- endmacro %}

{% macro sqlite__json_text(column, path) -%}
    case
        when json_type({{ column }}, '$.{{ path }}') in ('text', 'integer', 'real')
            then cast(json_extract({{ column }}, '$.{{ path }}') as text)
    end
{%- endmacro %}
