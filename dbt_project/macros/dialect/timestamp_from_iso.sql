{% macro timestamp_from_iso(text) -%}
    {{ return(adapter.dispatch('timestamp_from_iso')(text)) }}
{%- endmacro %}

{# The fraction is cut before SQLite sees it, because SQLite would round it. #}
{% macro sqlite__timestamp_from_iso(text) -%}
    case
        -- Adding nothing turns 30 February into 2 March, which it then differs from.
        when date(substr({{ text }}, 1, 10), '+0 days') = substr({{ text }}, 1, 10)
            then datetime(
                substr({{ text }}, 1, 19)
                || case
                    when substr({{ text }}, -6) glob '[+-][0-9][0-9]:[0-9][0-9]'
                        then substr({{ text }}, -6)
                    else ''
                end
            )
    end
{%- endmacro %}
