{#
    Whether two moments, in seconds, are whole hours apart, and no more than a zone can
    be from UTC: Jellystat copied the plugin's rows with times of another zone.
#}
{% macro is_off_by_hours(one, other) -%}
(
            ({{ one }} - {{ other }}) % 3600 = 0
            and abs({{ one }} - {{ other }}) <= 14 * 3600
        )
{%- endmacro %}
