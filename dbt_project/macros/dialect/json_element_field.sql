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
