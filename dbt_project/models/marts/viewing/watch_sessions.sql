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
built as not materialized (

    select * from {{ this }}

),

-- Few sessions of the users and items that are built again differ from before; evenings
-- and reports follow these alone.
compared as (

    select
        watch_sessions.*,
        case
            when
                built.session_id is not null
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
                    and built.{{ column }}
                    is not distinct from watch_sessions.{{ column }}
                {% endfor %}
                then built.changed_in_build
            else {{ build_number() }}
        end as changed_in_build
    from watch_sessions
    left join built
        on
            watch_sessions.user_id = built.user_id
            and watch_sessions.item_id = built.item_id
            and watch_sessions.session_id = built.session_id

)

{% else %}

compared as (

    select
        *,
        {{ build_number() }} as changed_in_build
    from watch_sessions

)

{% endif %}

select * from compared
