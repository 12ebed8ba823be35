{#
    The rule of viewings, and the query of a CTE `counted` that follows it: the seconds
    of sessions add up, the session that brings the sum to what completes it ends the
    viewing, and the sum starts again from zero. A question to the engine, because
    neither of the two ways, a recursion and a fold of lists, is there on every engine.

    `of`: the column that says what a viewing is of, besides user_id. `position`: the
    column by which its sessions are in order. `rated`: the relation of sessions, with
    total_seconds_watched and completing_seconds. `completing`: the relation of which a
    session after the first takes completing_seconds: `counted` where it is the same for
    all sessions of one `of`, or `sessions`. The model has two CTEs besides: `firsts`,
    the first position of each `of` to count, and `sessions`, where the next session is
    looked up by user_id, `of` and `position`.
#}
{% macro sessions_counted(of, position, rated, completing) -%}
    {{ return(adapter.dispatch('sessions_counted')(of, position, rated, completing)) }}
{%- endmacro %}

{# From each session to the next, by the index of what they are kept in. #}
{% macro default__sessions_counted(of, position, rated, completing) %}
select
        {{ rated }}.user_id,
        {{ rated }}.{{ of }},
        {{ rated }}.{{ position }},
        1 as viewing_number,
        {{ rated }}.total_seconds_watched as viewing_seconds,
        {{ rated }}.completing_seconds,
        -- Without a runtime nothing is ever completed.
        coalesce(
            {{ rated }}.total_seconds_watched >= {{ rated }}.completing_seconds,
            false
        ) as completes_viewing
    from firsts
    inner join {{ rated }}
        on
            firsts.user_id = {{ rated }}.user_id
            and firsts.{{ of }} = {{ rated }}.{{ of }}
            and firsts.{{ position }} = {{ rated }}.{{ position }}

    union all

    select
        sessions.user_id,
        sessions.{{ of }},
        sessions.{{ position }},
        case
            when counted.completes_viewing then counted.viewing_number + 1
            else counted.viewing_number
        end as viewing_number,
        case
            when counted.completes_viewing then sessions.total_seconds_watched
            else counted.viewing_seconds + sessions.total_seconds_watched
        end as viewing_seconds,
        {{ completing }}.completing_seconds,
        coalesce(
            case
                when counted.completes_viewing then sessions.total_seconds_watched
                else counted.viewing_seconds + sessions.total_seconds_watched
            end >= {{ completing }}.completing_seconds,
            false
        ) as completes_viewing
    from counted
    inner join sessions
        on
            counted.user_id = sessions.user_id
            and counted.{{ of }} = sessions.{{ of }}
            and sessions.{{ position }} = (
                select min(later.{{ position }})
                from sessions as later
                where
                    later.user_id = counted.user_id
                    and later.{{ of }} = counted.{{ of }}
                    and later.{{ position }} > counted.{{ position }}
            )
{% endmacro %}

{# DuckDB reads a relation anew in each step of a recursion, but folds lists well. #}
{% macro duckdb__sessions_counted(of, position, rated, completing) %}
    select
        folded.user_id,
        folded.{{ of }},
        folded.session['at'] as {{ position }},
        folded.session['number'] as viewing_number,
        coalesce(folded.session['seconds'] >= folded.session['completing'], false)
            as completes_viewing
    from (
        select
            gathered.user_id,
            gathered.{{ of }},
            unnest(list_reduce(
                list_transform(gathered.sessions, lambda session: [session]),
                lambda counted, next: list_append(
                    counted,
                    case
                        when counted[-1]['seconds'] >= counted[-1]['completing']
                            then {
                                'at': next[1]['at'],
                                'number': counted[-1]['number'] + 1,
                                'seconds': next[1]['seconds'],
                                'completing': next[1]['completing']
                            }
                        else {
                            'at': next[1]['at'],
                            'number': counted[-1]['number'],
                            'seconds': counted[-1]['seconds'] + next[1]['seconds'],
                            'completing': next[1]['completing']
                        }
                    end
                )
            )) as session
        from (
            select
                {{ rated }}.user_id,
                {{ rated }}.{{ of }},
                list_sort(list({
                    'at': {{ rated }}.{{ position }},
                    'number': 1,
                    'seconds': {{ rated }}.total_seconds_watched,
                    'completing': {{ rated }}.completing_seconds
                })) as sessions
            from {{ rated }}
            inner join firsts
                on
                    {{ rated }}.user_id = firsts.user_id
                    and {{ rated }}.{{ of }} = firsts.{{ of }}
            group by {{ rated }}.user_id, {{ rated }}.{{ of }}
        ) as gathered
    ) as folded
{% endmacro %}

{# Spark stops a recursion at 100 steps, and folds arrays as well. #}
{% macro spark__sessions_counted(of, position, rated, completing) %}
    select
        folded.user_id,
        folded.{{ of }},
        folded.session.at as {{ position }},
        folded.session.number as viewing_number,
        coalesce(folded.session.seconds >= folded.session.completing, false)
            as completes_viewing
    from (
        select
            gathered.user_id,
            gathered.{{ of }},
            explode(aggregate(
                gathered.sessions,
                cast(array() as array<struct<
                    at: bigint,
                    number: bigint,
                    seconds: decimal(38, 0),
                    completing: double
                >>),
                (counted, next) -> array_append(
                    counted,
                    case
                        when
                            try_element_at(counted, -1).seconds
                            >= try_element_at(counted, -1).completing
                            then named_struct(
                                'at', next.at,
                                'number', try_element_at(counted, -1).number + 1,
                                'seconds', next.seconds,
                                'completing', next.completing
                            )
                        else named_struct(
                            'at', next.at,
                            'number', coalesce(try_element_at(counted, -1).number, 1),
                            'seconds', cast(
                                coalesce(try_element_at(counted, -1).seconds, 0)
                                + next.seconds as decimal(38, 0)
                            ),
                            'completing', next.completing
                        )
                    end
                )
            )) as session
        from (
            select
                {{ rated }}.user_id,
                {{ rated }}.{{ of }},
                array_sort(collect_list(named_struct(
                    'at', cast({{ rated }}.{{ position }} as bigint),
                    'seconds', cast(
                        {{ rated }}.total_seconds_watched as decimal(38, 0)
                    ),
                    'completing', cast({{ rated }}.completing_seconds as double)
                ))) as sessions
            from {{ rated }}
            inner join firsts
                on
                    {{ rated }}.user_id = firsts.user_id
                    and {{ rated }}.{{ of }} = firsts.{{ of }}
            group by {{ rated }}.user_id, {{ rated }}.{{ of }}
        ) as gathered
    ) as folded
{% endmacro %}
