{#
    The evening of a moment, so many seconds since 1970: its date in the report time
    zone, where a night until `evening_until_hour` belongs to the evening before.
#}
{% macro evening_of(epoch_seconds) -%}
    {{ date_of(local_timestamp_at(
        epoch_seconds, hours_earlier=var('evening_until_hour')
    )) }}
{%- endmacro %}
