{% macro json_integer(column, path) -%}
    {{ return(adapter.dispatch('json_integer')(column, path)) }}
{%- endmacro %}

{% macro sqlite__json_integer(column, path) -%}
    case
        when
            json_type({{ column }}, '$.{{ path }}') in ('integer', 'real')
            or {{ is_whole_number("json_extract(" ~ column ~ ", '$." ~ path ~ "')") }}
            then cast(json_extract({{ column }}, '$.{{ path }}') as integer)
    end
{%- endmacro %}
