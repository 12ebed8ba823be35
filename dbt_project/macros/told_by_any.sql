{#
    A column of an event: from the observation that is used or, where it is null there,
    from the next best usable one that has it. For the model watch_events alone,
    whose relations it names; most events have one observation, and nothing is looked up.
#}
{% macro told_by_any(column) -%}
    case
        when
            observations.{{ column }} is not null
            or numbered.observation_count = 1
            then observations.{{ column }}
        else (
            select candidates.{{ column }}
            from checked
            inner join observations as candidates
                on {{ same_observation('checked', 'candidates') }}
            where
                checked.user_id = numbered.user_id
                and checked.item_id = numbered.item_id
                and checked.played_at_second = numbered.played_at_second
                and checked.reason is null
                and candidates.{{ column }} is not null
            order by
                checked.watched_seconds desc,
                coalesce(checked.paused_seconds, -1) desc,
                candidates.observation_id asc
            limit 1
        )
    end
{%- endmacro %}
