{#
    Why an observation cannot be used, null if it can: by the columns user_id,
    play_duration_seconds, watched_seconds, started_epoch_seconds and first_loaded_at of
    a query. For the models that check what the plugin and what other programs tell.
#}
{% macro why_it_is_unusable() -%}
case
            when {{ is_blank('user_id') }}
                then 'missing_user'
            when {{ is_blank('play_duration_seconds') }}
                then 'missing_duration'
            when watched_seconds is null
                then 'malformed_duration'
            when watched_seconds < 0
                then 'negative_duration'
            when watched_seconds > {{ var('longest_event_hours') }} * 3600
                then 'implausible_duration'
            when started_epoch_seconds is null
                then 'malformed_time'
            when
                started_epoch_seconds
                > {{ epoch_seconds('first_loaded_at') }}
                + {{ var('future_tolerance_hours') }} * 3600
                then 'future_time'
        end
{%- endmacro %}
