{#
    What a column of the observations of a user and item last told, of the longest one
    of that moment. For the model int_user_items_played alone, whose relations it names.
#}
{% macro told_last(column) -%}
    {{ return(adapter.dispatch('told_last')(column)) }}
{%- endmacro %}

{% macro default__told_last(column) -%}
    (
        select watch_event_observations.{{ column }}
        from watch_event_observations
        where
            watch_event_observations.user_id = played.user_id
            and watch_event_observations.item_id = played.item_id
            and watch_event_observations.reason is null
            and watch_event_observations.{{ column }} is not null
        order by
            watch_event_observations.played_at_local desc,
            watch_event_observations.watched_seconds desc,
            watch_event_observations.source asc,
            watch_event_observations.play_duration_seconds asc,
            watch_event_observations.pause_duration_seconds asc
        limit 1
    )
{%- endmacro %}

{# DuckDB would look up all observations at once: it gathers them while it counts. #}
{% macro duckdb__told_last(column) -%}
    played.last_{{ column }}
{%- endmacro %}

{% macro spark__told_last(column) -%}
    played.last_{{ column }}
{%- endmacro %}

{#
    What told_last needs of the query that gathers the observations of a user and item.
#}
{% macro gather_what_was_told_last(columns) -%}
    {{ return(adapter.dispatch('gather_what_was_told_last')(columns)) }}
{%- endmacro %}

{% macro default__gather_what_was_told_last(columns) %}{% endmacro %}

{% macro duckdb__gather_what_was_told_last(columns) -%}
    {%- for column in columns %}
        first(
            {{ column }} order by
                played_at_local desc,
                watched_seconds desc,
                source asc,
                play_duration_seconds asc,
                pause_duration_seconds asc
        ) filter (where reason is null and {{ column }} is not null)
            as last_{{ column }},
    {%- endfor -%}
{%- endmacro %}

{# No aggregate of Spark's sorts by several columns up and down. #}
{% macro spark__gather_what_was_told_last(columns) -%}
    {%- for column in columns %}
        get(
            array_sort(
                collect_list(
                    struct(
                        struct(played_at_local, watched_seconds) as moment,
                        struct(
                            source, play_duration_seconds, pause_duration_seconds
                        ) as teller,
                        {{ column }} as told
                    )
                ) filter (where reason is null and {{ column }} is not null),
                (one, other) -> case
                    when one.moment > other.moment then -1
                    when one.moment < other.moment then 1
                    when one.teller < other.teller then -1
                    when one.teller > other.teller then 1
                    else 0
                end
            ),
            0
        ).told as last_{{ column }},
    {%- endfor -%}
{%- endmacro %}
