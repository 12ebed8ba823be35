{#
    The condition of a join between two relations that hold one observation a row. The
    key of an observation is all that was received of where, when and how long it
    played. `checked` writes an empty text where staging has null.
#}
{% macro same_observation(checked, observations) -%}
    {{ checked }}.user_id = {{ observations }}.user_id
    and {{ checked }}.item_id = {{ observations }}.item_id
    and {{ checked }}.played_at_local = {{ observations }}.played_at_local
    and {{ checked }}.source = {{ observations }}.source
    and {{ checked }}.play_duration_seconds
    = coalesce({{ observations }}.play_duration_seconds, '')
    and {{ checked }}.pause_duration_seconds
    = coalesce({{ observations }}.pause_duration_seconds, '')
{%- endmacro %}
