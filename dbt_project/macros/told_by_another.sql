{#
    A column that the used observation of an event does not tell, from the next best of
    its other usable observations that does. For the model watch_events alone, whose
    relations it names; most events have one observation, and nothing is looked up.
#}
{% macro told_by_another(column) -%}
    case
        when timed.observation_count > 1
            then (
                select others.{{ column }}
                from observations as others
                where
                    others.user_id = user_items.user_id
                    and others.item_id = user_items.item_id
                    and others.played_at_local >= timed.played_at_second
                    and others.played_at_local < timed.played_at_second || '/'
                    and others.played_at_second = timed.played_at_second
                    and others.reason is null
                    and others.{{ column }} is not null
                order by
                    others.watched_seconds desc,
                    coalesce(others.paused_seconds, -1) desc,
                    others.observation_id asc
                limit 1
            )
    end
{%- endmacro %}
