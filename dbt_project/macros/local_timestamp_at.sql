{# The timestamp in the report time zone at so many seconds since 1970. #}
{% macro local_timestamp_at(epoch_seconds) -%}
    {{ timestamp_at(
        epoch_seconds ~ ' + ' ~ latest(
            'utc_offset_seconds',
            of=ref('int_report_offsets'),
            since='from_epoch_seconds',
            at=epoch_seconds
        )
    ) }}
{%- endmacro %}
