{#
    A column of an event: from the observation that is used or, where it is null there,
    from the next best usable one that has it. For the model watch_events alone, whose
    relations it names; most events have one observation, and nothing is looked up.
#}
{% macro told_by_any(column) -%}
    {{ return(adapter.dispatch('told_by_any')(column)) }}
{%- endmacro %}

{% macro default__told_by_any(column) -%}
    case
        when
            observations.{{ column }} is not null
            or numbered.observation_count = 1
            then observations.{{ column }}
        -- Materialized: else SQLite reads all observations of the user and item.
        else (
            with usable as {{ materialized() }} (
                select * from checked
                where
                    checked.user_id = numbered.user_id
                    and checked.item_id = numbered.item_id
                    and checked.played_at_second = numbered.played_at_second
                    and checked.reason is null
            )

            select candidates.{{ column }}
            from usable
            inner join observations as candidates
                on {{ same_observation('usable', 'candidates') }}
            where candidates.{{ column }} is not null
            order by
                {{ best_first('usable') }}
            limit 1
        )
    end
{%- endmacro %}

{# DuckDB would look up every event for every column: see join_what_any_tells. #}
{% macro duckdb__told_by_any(column) -%}
    coalesce(observations.{{ column }}, told.{{ column }})
{%- endmacro %}

{% macro spark__told_by_any(column) -%}
    coalesce(observations.{{ column }}, told.{{ column }})
{%- endmacro %}

{#
    What told_by_any needs beside the model's own joins; `columns` are those it is
    asked.
#}
{% macro join_what_any_tells(columns) -%}
    {{ return(adapter.dispatch('join_what_any_tells')(columns)) }}
{%- endmacro %}

{% macro default__join_what_any_tells(columns) %}{% endmacro %}

{% macro duckdb__join_what_any_tells(columns) -%}
    left join (
        select
            checked.user_id,
            checked.item_id,
            checked.played_at_second,
            {%- for column in columns %}
            first(
                candidates.{{ column }} order by
                    {{ best_first('checked') }}
            ) filter (where candidates.{{ column }} is not null) as {{ column }}
            {{- ',' if not loop.last }}
            {%- endfor %}
        from checked
        inner join observations as candidates
            on {{ same_observation('checked', 'candidates') }}
        where
            checked.reason is null
            and (checked.user_id, checked.item_id, checked.played_at_second) in (
                select (user_id, item_id, played_at_second)
                from numbered
                where observation_count > 1
            )
            -- Few are left of each before they are joined.
            and (candidates.user_id, candidates.item_id) in (
                select (user_id, item_id)
                from numbered
                where observation_count > 1
            )
        group by checked.user_id, checked.item_id, checked.played_at_second
    ) as told
        on
            numbered.user_id = told.user_id
            and numbered.item_id = told.item_id
            and numbered.played_at_second = told.played_at_second
{%- endmacro %}

{# The order of best_first, as a value of which the least is taken. #}
{% macro spark__join_what_any_tells(columns) -%}
    left join (
        select
            checked.user_id,
            checked.item_id,
            checked.played_at_second,
            {%- for column in columns %}
            min_by(
                candidates.{{ column }},
                struct(
                    -checked.watched_seconds,
                    -coalesce(checked.paused_seconds, -1),
                    checked.load_id,
                    checked.source,
                    checked.played_at_local,
                    checked.play_duration_seconds,
                    checked.pause_duration_seconds
                )
            ) filter (where candidates.{{ column }} is not null) as {{ column }}
            {{- ',' if not loop.last }}
            {%- endfor %}
        from checked
        inner join observations as candidates
            on {{ same_observation('checked', 'candidates') }}
        where
            checked.reason is null
            and (checked.user_id, checked.item_id, checked.played_at_second) in (
                select user_id, item_id, played_at_second
                from numbered
                where observation_count > 1
            )
        group by checked.user_id, checked.item_id, checked.played_at_second
    ) as told
        on
            numbered.user_id = told.user_id
            and numbered.item_id = told.item_id
            and numbered.played_at_second = told.played_at_second
{%- endmacro %}
