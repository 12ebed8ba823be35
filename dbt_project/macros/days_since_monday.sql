{#
    How many days before a moment its week began, 0 to 6: the first of 1970 was a
    Thursday, and weeks begin on Monday. `epoch_seconds` are of a wall time, or of a
    date.
#}
{% macro days_since_monday(epoch_seconds) -%}
    (({{ whole_quotient(epoch_seconds, 86400) }} + 3) % 7)
{%- endmacro %}
