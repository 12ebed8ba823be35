{#
    The timestamp in the report time zone at so many seconds since 1970, by the offset
    of that moment; on request so many hours earlier.
#}
{% macro local_timestamp_at(epoch_seconds, hours_earlier=0) -%}
    {{ timestamp_at(
        epoch_seconds
        ~ (' - ' ~ hours_earlier ~ ' * 3600' if hours_earlier else '')
        ~ ' + ' ~ latest(
            'utc_offset_seconds',
            of=ref('int_report_offsets'),
            since='from_epoch_seconds',
            at=epoch_seconds
        )
    ) }}
{%- endmacro %}
