-- An incremental build makes those evenings again of which what is counted differs from
-- what was built: sessions are joined, grow, and change their viewing.
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

counted as (

    select
        {{ concatenated_key(['user_id']) }} || '|' || evening_on as evening_id,
        user_name,
        evening_on,
        count(*) as session_count,
        sum(event_count) as event_count,
        sum(total_seconds_watched) as watched_seconds,
        sum(coalesce(paused_seconds, 0)) as paused_seconds,
        sum(viewing_number) as viewing_number_sum,
        sum(case when completes_viewing then 1 else 0 end) as completed_count
    from watch_sessions
    group by user_id, user_name, evening_on

),

changed as (

    select counted.evening_on
    from counted
    left join {{ this }} as built
        on
            counted.evening_on = built.evening_on
            and counted.evening_id = built.evening_id
            and counted.user_name = built.viewer_name
            and counted.session_count = built.session_count
            and counted.event_count = built.event_count
            and counted.watched_seconds = built.watched_seconds
            and counted.paused_seconds = built.paused_seconds
            and counted.viewing_number_sum = built.viewing_number_sum
            and counted.completed_count = built.completed_count
    where built.evening_on is null

    union

    -- Nothing of a user is left on it.
    select built.evening_on
    from {{ this }} as built
    left join counted
        on
            built.evening_on = counted.evening_on
            and built.evening_id = counted.evening_id
    where built.user_id is not null and counted.evening_id is null

),

{% endif %}

of_users as (

    select
        user_id,
        user_name as viewer_name,
        evening_on,
        session_id,
        item_id,
        event_count,
        total_seconds_watched,
        coalesce(paused_seconds, 0) as paused_seconds,
        viewing_number,
        completes_viewing,
        {{ epoch_seconds('started_at') }} as started_epoch_seconds,
        {{ epoch_seconds('ended_at') }} as ended_epoch_seconds
    from watch_sessions
    {% if is_incremental() %}
        where evening_on in (select changed.evening_on from changed)
    {% endif %}

),

of_viewers as (

    select * from of_users

    union all

    select
        null as user_id,
        'Everybody' as viewer_name,
        evening_on,
        session_id,
        item_id,
        event_count,
        total_seconds_watched,
        paused_seconds,
        viewing_number,
        completes_viewing,
        started_epoch_seconds,
        ended_epoch_seconds
    from of_users

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
        sum(event_count) as event_count,
        count(distinct item_id) as item_count,
        sum(case when completes_viewing then 1 else 0 end) as completed_count,
        sum(viewing_number) as viewing_number_sum,
        sum(total_seconds_watched) as watched_seconds,
        sum(paused_seconds) as paused_seconds,
        sum(uncovered_seconds) as on_seconds,
        {{ build_number() }} as changed_in_build,

        evening_on
    from uncovered
    group by user_id, evening_on

)

select * from summed
