{#
    The query that counts the viewings of the sessions of users and items. For the model
    int_watch_sessions_in_viewings alone, whose relations it names.
#}
{% macro sessions_counted() -%}
    {{ return(adapter.dispatch('sessions_counted')()) }}
{%- endmacro %}

{# From each session to the next, by the index of what they are kept in. #}
{% macro default__sessions_counted() %}
select
        rated.user_id,
        rated.item_id,
        rated.started_epoch_seconds,
        1 as viewing_number,
        rated.total_seconds_watched as viewing_seconds,
        -- Of the item, and so of all the sessions to come.
        rated.completing_seconds,
        -- Without a runtime nothing is ever completed.
        coalesce(rated.total_seconds_watched >= rated.completing_seconds, false)
            as completes_viewing
    from firsts
    inner join rated
        on
            firsts.user_id = rated.user_id
            and firsts.item_id = rated.item_id
            and firsts.started_epoch_seconds = rated.started_epoch_seconds

    union all

    select
        sessions.user_id,
        sessions.item_id,
        sessions.started_epoch_seconds,
        case
            when counted.completes_viewing then counted.viewing_number + 1
            else counted.viewing_number
        end as viewing_number,
        case
            when counted.completes_viewing then sessions.total_seconds_watched
            else counted.viewing_seconds + sessions.total_seconds_watched
        end as viewing_seconds,
        counted.completing_seconds,
        coalesce(
            case
                when counted.completes_viewing then sessions.total_seconds_watched
                else counted.viewing_seconds + sessions.total_seconds_watched
            end >= counted.completing_seconds,
            false
        ) as completes_viewing
    from counted
    inner join sessions
        on
            counted.user_id = sessions.user_id
            and counted.item_id = sessions.item_id
            and sessions.started_epoch_seconds = (
                select min(later.started_epoch_seconds)
                from sessions as later
                where
                    later.user_id = counted.user_id
                    and later.item_id = counted.item_id
                    and later.started_epoch_seconds > counted.started_epoch_seconds
            )
{% endmacro %}

{# DuckDB reads a relation anew in each step of a recursion, but folds lists well. #}
{% macro duckdb__sessions_counted() %}
    select
        folded.user_id,
        folded.item_id,
        folded.session['at'] as started_epoch_seconds,
        folded.session['number'] as viewing_number,
        coalesce(folded.session['seconds'] >= folded.completing_seconds, false)
            as completes_viewing
    from (
        select
            gathered.user_id,
            gathered.item_id,
            gathered.completing_seconds,
            unnest(list_reduce(
                list_transform(gathered.sessions, lambda session: [session]),
                lambda counted, next: list_append(
                    counted,
                    case
                        when counted[-1]['seconds'] >= gathered.completing_seconds
                            then {
                                'at': next[1]['at'],
                                'number': counted[-1]['number'] + 1,
                                'seconds': next[1]['seconds']
                            }
                        else {
                            'at': next[1]['at'],
                            'number': counted[-1]['number'],
                            'seconds': counted[-1]['seconds'] + next[1]['seconds']
                        }
                    end
                )
            )) as session
        from (
            select
                rated.user_id,
                rated.item_id,
                min(rated.completing_seconds) as completing_seconds,
                list_sort(list({
                    'at': rated.started_epoch_seconds,
                    'number': 1,
                    'seconds': rated.total_seconds_watched
                })) as sessions
            from rated
            inner join firsts
                on
                    rated.user_id = firsts.user_id
                    and rated.item_id = firsts.item_id
            group by rated.user_id, rated.item_id
        ) as gathered
    ) as folded
{% endmacro %}
