-- One index is for joins from watch_events, the other for the sessions of an evening.
{{
    config(
        materialized='incremental',
        unique_key=['user_id', 'item_id'],
        pre_hook=sort_in_threads(),
        post_hook=[index_on(['session_id']), index_on(['evening_on', 'user_id'])]
    )
}}

with

watch_sessions as (

    select * from {{ ref('int_watch_sessions_described') }}
    {{ only_of(ref('int_user_items_changed')) }}

),

{% if is_incremental() %}

-- Not materialized: looked up by session.
built as {{ materialized(false) }} (

    select * from {{ this }}

),

-- Few sessions of the users and items that are built again differ from before; evenings
-- and reports follow these alone.
unchanged as (

    select
        built.user_id,
        built.item_id,
        built.session_id,
        built.changed_in_build
    from watch_sessions
    inner join built
        on
            watch_sessions.user_id = built.user_id
            and watch_sessions.item_id = built.item_id
            and watch_sessions.session_id = built.session_id
            {% for column in [
                'user_name',
                'item_name',
                'item_type',
                'runtime_basis',
                'outcome',
                'event_count',
                'total_seconds_watched',
                'paused_seconds',
                'runtime_seconds',
                'completion_ratio',
                'viewing_number',
                'completes_viewing',
                'ended_at',
            ] %}
                and watch_sessions.{{ column }}
                is not distinct from built.{{ column }}
            {% endfor %}

),

{% endif %}

compared as (

    select
        watch_sessions.session_id,
        watch_sessions.user_id,
        watch_sessions.item_id,

        watch_sessions.user_name,
        watch_sessions.item_name,
        watch_sessions.item_type,
        watch_sessions.runtime_basis,
        watch_sessions.outcome,

        watch_sessions.event_count,
        watch_sessions.total_seconds_watched,
        watch_sessions.paused_seconds,
        watch_sessions.span_minutes,
        watch_sessions.runtime_seconds,
        watch_sessions.completion_ratio,
        watch_sessions.viewing_number,
        {% if is_incremental() %}
            coalesce(unchanged.changed_in_build, {{ build_number() }})
                as changed_in_build,
        {% else %}
            {{ build_number() }} as changed_in_build,
        {% endif %}

        watch_sessions.completes_viewing,

        watch_sessions.evening_on,
        watch_sessions.started_at,
        watch_sessions.started_local,
        watch_sessions.ended_at,
        watch_sessions.ended_local
    from watch_sessions
    {% if is_incremental() %}
        left join unchanged
            on
                watch_sessions.user_id = unchanged.user_id
                and watch_sessions.item_id = unchanged.item_id
                and watch_sessions.session_id = unchanged.session_id
    {% endif %}

)

select * from compared
