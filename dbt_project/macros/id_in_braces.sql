{#
    The id of a provider where it is written into a name or a path, such as 253463 of
    `Black Mirror {tvdb-253463}`; null where it is not. `text` is in lower case.
#}
{% macro id_in_braces(provider, text) -%}
    {%- set opening = "'{" ~ provider ~ "-'" -%}
    {%- set begins = position_of(opening, text) -%}
    {%- set rest =
        'substr(' ~ text ~ ', ' ~ begins ~ ' + ' ~ (provider | length + 2) ~ ')'
    -%}
    case
        when {{ begins }} > 0 and {{ position_of("'}'", rest) }} > 1
            then substr({{ rest }}, 1, {{ position_of("'}'", rest) }} - 1)
    end
{%- endmacro %}
