{#
    A timestamp in UTC, whole seconds, from a text in ISO 8601 as servers write it:
    2019-03-01T00:00:00.0000000Z, with +00:00 or without a zone, which means UTC.
    Null for anything that is no date. The fraction is cut before SQLite sees it,
    because SQLite would round it.
#}
{% macro timestamp_from_iso(text) -%}
    {{ return(adapter.dispatch('timestamp_from_iso')(text)) }}
{%- endmacro %}

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
