{% macro json_double(column, path) -%}
    {{ return(adapter.dispatch('json_double')(column, path)) }}
{%- endmacro %}

{% macro sqlite__json_double(column, path) -%}
    case
        when
            json_type({{ column }}, '$.{{ path }}') in ('integer', 'real')
            or {{ is_whole_number("json_extract(" ~ column ~ ", '$." ~ path ~ "')") }}
            then cast(json_extract({{ column }}, '$.{{ path }}') as real)
    end
{%- endmacro %}
