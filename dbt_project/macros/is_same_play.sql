{#
    Whether two plays of one person and title are one that two sources tell of: they
    begin within the tolerance, or overlap by more than that, or one lies within the
    other. `play` and `other` are relations with started_epoch_seconds and
    ended_epoch_seconds.
#}
{% macro is_same_play(play, other) -%}
{%- set tolerance = var('same_play_tolerance_minutes') ~ ' * 60' -%}
(
            abs({{ play }}.started_epoch_seconds - {{ other }}.started_epoch_seconds)
            <= {{ tolerance }}
            or (
                {{ play }}.started_epoch_seconds + {{ tolerance }}
                < {{ other }}.ended_epoch_seconds
                and {{ other }}.started_epoch_seconds + {{ tolerance }}
                < {{ play }}.ended_epoch_seconds
            )
            or (
                {{ play }}.started_epoch_seconds >= {{ other }}.started_epoch_seconds
                and {{ play }}.ended_epoch_seconds <= {{ other }}.ended_epoch_seconds
            )
            or (
                {{ play }}.started_epoch_seconds <= {{ other }}.started_epoch_seconds
                and {{ play }}.ended_epoch_seconds >= {{ other }}.ended_epoch_seconds
            )
        )
{%- endmacro %}
