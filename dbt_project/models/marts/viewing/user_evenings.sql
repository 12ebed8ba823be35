-- depends_on: {{ ref('int_user_items_changed') }}
-- An incremental build makes those evenings again on which a session changed.
{{
    config(
        materialized='incremental',
        unique_key=['evening_on'],
        post_hook=delete_evenings_without('watch_sessions')
    )
}}

with

-- Not materialized: an incremental build reads it twice, and SQLite would copy it.
watch_sessions as {{ materialized(false) }} (

    select * from {{ ref('watch_sessions') }}

),

{% if is_incremental() %}

-- Distinct: the sessions that a night changes are many, and of few evenings.
changed_spans as {{ materialized() }} (

    select distinct
        evening_on,
        -- A day more on either side: where the clock goes back, so does local time.
        {{ date_of(timestamp_at(epoch_seconds('evening_on') ~ ' - 86400')) }}
            as from_on,
        {{ date_of(timestamp_at(epoch_seconds('ended_local') ~ ' + 86400')) }}
            as until_on
    from watch_sessions
    {{ only_of(ref('int_user_items_changed')) }}
    and changed_in_build > {{ last_complete_build() }}

),

-- A session that is part of another one now began on one of the evenings that the other
-- one spans. If those are of several years, all evenings of the other years are made
-- again, so that reports by year notice.
changed_evenings as (

    select evening_on from changed_spans

    union

    select built.evening_on
    from changed_spans
    inner join {{ this }} as built
        on
            built.evening_on between changed_spans.from_on
            and changed_spans.until_on

    union

    select of_other_years.evening_on
    from changed_spans
    inner join {{ this }} as of_other_years
        on
            {{ year_of('of_other_years.evening_on') }}
            <> {{ year_of('changed_spans.evening_on') }}
            and {{ year_of('of_other_years.evening_on') }}
            between {{ year_of('changed_spans.from_on') }}
            and {{ year_of('changed_spans.until_on') }}
    where
        {{ year_of('changed_spans.from_on') }}
        <> {{ year_of('changed_spans.until_on') }}

),

{% endif %}

-- Materialized, because SQLite would take the times apart wherever they are read.
timed as {{ materialized() }} (

    select
        user_id,
        user_name,
        item_id,
        event_count,
        total_seconds_watched,
        completes_viewing,
        coalesce(paused_seconds, 0) as paused_seconds,
        {{ epoch_seconds('started_at') }} as started_epoch_seconds,
        {{ epoch_seconds('ended_at') }} as ended_epoch_seconds,
        evening_on
    from watch_sessions
    {% if is_incremental() %}
        where evening_on in (
            select changed_evenings.evening_on from changed_evenings
        )
    {% endif %}

),

with_latest_ends as (

    select
        *,
        max(ended_epoch_seconds) over (
            partition by evening_on, user_id
            order by started_epoch_seconds, item_id
            rows between unbounded preceding and 1 preceding
        ) as latest_end_of_user_epoch_seconds,
        max(ended_epoch_seconds) over (
            partition by evening_on
            order by started_epoch_seconds, item_id, user_id
            rows between unbounded preceding and 1 preceding
        ) as latest_end_of_all_epoch_seconds
    from timed

),

-- What of a session is not covered by an earlier one, of its user or of anybody.
uncovered as (

    select
        *,
        case
            when
                latest_end_of_user_epoch_seconds is null
                or latest_end_of_user_epoch_seconds <= started_epoch_seconds
                then ended_epoch_seconds - started_epoch_seconds
            when latest_end_of_user_epoch_seconds < ended_epoch_seconds
                then ended_epoch_seconds - latest_end_of_user_epoch_seconds
            else 0
        end as on_seconds_of_user,
        case
            when
                latest_end_of_all_epoch_seconds is null
                or latest_end_of_all_epoch_seconds <= started_epoch_seconds
                then ended_epoch_seconds - started_epoch_seconds
            when latest_end_of_all_epoch_seconds < ended_epoch_seconds
                then ended_epoch_seconds - latest_end_of_all_epoch_seconds
            else 0
        end as on_seconds_of_all
    from with_latest_ends

),

summed as (

    select
        {{ concatenated_key(['user_id']) }} || '|' || evening_on as user_evening_id,
        user_id,

        min(user_name) as user_name,

        count(*) as session_count,
        sum(event_count) as event_count,
        count(distinct item_id) as item_count,
        sum(case when completes_viewing then 1 else 0 end) as completed_count,
        sum(total_seconds_watched) as watched_seconds,
        sum(paused_seconds) as paused_seconds,
        sum(on_seconds_of_user) as on_seconds,
        sum(on_seconds_of_all) as household_on_seconds,
        {{ build_number() }} as changed_in_build,

        evening_on
    from uncovered
    group by evening_on, user_id

)

select * from summed
