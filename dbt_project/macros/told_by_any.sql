{#
    A column of an event: from the observation that is used or, where that one does not
    tell it, from the next best usable one that does. For the model watch_events alone,
    whose relations it names; most events have one observation, and nothing is looked up.
#}
{% macro told_by_any(column) -%}
    case
        when
            observations.{{ column }} is not null
            or timed.observation_count = 1
            then observations.{{ column }}
        else (
            select candidates.{{ column }}
            from observations as candidates
            where
                candidates.user_id = user_items.user_id
                and candidates.item_id = user_items.item_id
                and candidates.played_at_local >= timed.played_at_second
                and candidates.played_at_local < timed.played_at_second || '/'
                and candidates.played_at_second = timed.played_at_second
                and candidates.reason is null
                and candidates.{{ column }} is not null
            order by
                candidates.watched_seconds desc,
                coalesce(candidates.paused_seconds, -1) desc,
                candidates.observation_id asc
            limit 1
        )
    end
{%- endmacro %}
