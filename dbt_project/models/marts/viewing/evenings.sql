-- depends_on: {{ ref('int_user_items_changed') }}
-- Rebuilds every evening with a changed session, and those whose session count differs
-- from the built table: a session may have been joined to an earlier one.
{{
    config(
        materialized='incremental',
        unique_key=['evening_on'],
        post_hook="
            delete from {{ this }}
            where evening_on not in (select evening_on from {{ ref('watch_sessions') }})
        "
    )
}}

with

watch_sessions as (

    select * from {{ ref('watch_sessions') }}

),

{% if is_incremental() %}

evenings_changed as (

    select evening_on
    from watch_sessions
    {{ only_of(ref('int_user_items_changed')) }}

    union

    select watch_sessions.evening_on
    from watch_sessions
    left join {{ this }} as built
        on
            watch_sessions.evening_on = built.evening_on
            and built.user_id is null
    group by watch_sessions.evening_on
    having count(*) <> coalesce(max(built.session_count), 0)

),

{% endif %}

of_users as (

    select
        user_id,
        user_name as viewer_name,
        evening_on,
        session_id,
        item_id,
        total_seconds_watched,
        completes_viewing,
        {{ epoch_seconds('started_at') }} as started_epoch_seconds,
        {{ epoch_seconds('ended_at') }} as ended_epoch_seconds
    from watch_sessions
    {% if is_incremental() %}
        where evening_on in (select evening_on from evenings_changed)
    {% endif %}

),

of_household as (

    select
        null as user_id,
        'Everybody' as viewer_name,
        evening_on,
        session_id,
        item_id,
        total_seconds_watched,
        completes_viewing,
        started_epoch_seconds,
        ended_epoch_seconds
    from of_users

),

of_viewers as (

    select * from of_users
    union all
    select * from of_household

),

with_latest_end as (

    select
        *,
        max(ended_epoch_seconds) over (
            partition by user_id, evening_on
            order by started_epoch_seconds, session_id
            rows between unbounded preceding and 1 preceding
        ) as latest_end_epoch_seconds
    from of_viewers

),

-- What of a session is not covered by an earlier one.
uncovered as (

    select
        *,
        case
            when
                latest_end_epoch_seconds is null
                or latest_end_epoch_seconds <= started_epoch_seconds
                then ended_epoch_seconds - started_epoch_seconds
            when latest_end_epoch_seconds < ended_epoch_seconds
                then ended_epoch_seconds - latest_end_epoch_seconds
            else 0
        end as uncovered_seconds
    from with_latest_end

),

summed as (

    select
        coalesce({{ concatenated_key(['user_id']) }}, '') || '|' || evening_on
            as evening_id,
        user_id,

        min(viewer_name) as viewer_name,

        count(*) as session_count,
        count(distinct item_id) as item_count,
        sum(case when completes_viewing then 1 else 0 end) as completed_count,
        sum(total_seconds_watched) as watched_seconds,
        sum(uncovered_seconds) as on_seconds,

        evening_on
    from uncovered
    group by user_id, evening_on

)

select * from summed
