-- What was received of a user and an item, and what became of each observation; also
-- what another program told of the same events under another id of the title. With a
-- :session_id, what was received of its events, and what was rejected on their days.
with

of_the_item as (

    select * from {{ ref('watch_event_observations') }}
    where user_id = :user_id and item_id = :item_id

),

events as (

    select * from {{ ref('watch_events') }}
    where
        user_id = :user_id
        and item_id = :item_id
        and session_id = coalesce(:session_id, session_id)

),

of_its_events as (

    select *
    from {{ ref('watch_event_observations') }}
    where
        user_id = :user_id
        and item_id <> :item_id
        and event_id in (select events.event_id from events)

),

observations as (

    select * from of_the_item
    union all
    select * from of_its_events

),

asked_for as (

    select observations.*
    from observations
    where
        :session_id is null
        or observations.event_id in (select events.event_id from events)
        or (
            observations.status = 'rejected'
            and substr(observations.played_at_local, 1, 10) in (
                select substr(used.played_at_local, 1, 10)
                from observations as used
                where used.event_id in (select events.event_id from events)
            )
        )

),

listed as (

    select
        coalesce(started_at, played_at_local) as sorted_by,
        'fact' as kind,
        case
            when source in ('query', 'playlist', 'backup', 'archive')
                then played_at_local
            else coalesce(started_at || ' UTC', played_at_local)
        end || ', ' || source as part,
        null as amount,
        case reason
            when
                'only_observation'
                then 'Used: the plugin told nothing else of this event.'
            when 'longest_observation'
                then 'Used: the longest that was received of this event.'
            when 'only_source'
                then 'Used: no better source tells of this event.'
            when 'told_by_better_source'
                then 'Not used: a source that is trusted more tells of the same play.'
            when 'other_version'
                then 'Not used: the same program told this play more than once.'
            when 'shorter'
                then 'Not used: another observation of the same event is longer.'
            when 'shorter_pause'
                then 'Not used: as long as the one used, with a shorter pause.'
            when 'same_duration' then 'Not used: it says the same as the one used.'
            when 'missing_user' then 'Rejected: it does not say who played.'
            when 'copied_from_plugin'
                then
                    'Rejected: a copy of a row of the plugin, with the hour changed; '
                    || 'the row itself is here too.'
            when 'missing_duration' then 'Rejected: it has no duration.'
            when 'malformed_duration' then 'Rejected: its duration is no number.'
            when 'negative_duration' then 'Rejected: its duration is less than nothing.'
            when 'malformed_time'
                then 'Rejected: its time is none, or lies before 1971.'
            when 'future_time'
                then
                    'Rejected: it starts more than '
                    || {{ var('future_tolerance_hours') }}
                    || ' hours after it was received.'
            when 'implausible_duration'
                then
                    'Rejected: it lasts longer than {{ var("longest_event_hours") }}'
                    || ' hours, as no viewing does.'
            else status || ': ' || reason
        end
        || ' Received: played '
        || coalesce(nullif(play_duration_seconds, ''), 'nothing')
        || case when play_duration_seconds <> '' then ' s' else '' end
        || case
            when pause_duration_seconds <> ''
                then ', paused ' || pause_duration_seconds || ' s'
            else ''
        end
        || '.' as words
    from asked_for

),

statuses as (

    select
        'used' as status,
        '~1' as sorted_by,
        'They are what counts: the events below.' as words
    union all
    select
        'superseded' as status,
        '~2' as sorted_by,
        'Other reports of the same events, kept and not counted.' as words
    union all
    select
        'rejected' as status,
        '~3' as sorted_by,
        'They cannot be used, and count for nothing.' as words

),

counted as (

    select
        statuses.sorted_by,
        'part' as kind,
        statuses.status as part,
        count(asked_for.observation_id) as amount,
        statuses.words
    from statuses
    left join asked_for on statuses.status = asked_for.status
    group by statuses.sorted_by, statuses.status, statuses.words

),

summed as (

    select
        '~4' as sorted_by,
        'total' as kind,
        'received' as part,
        count(*) as amount,
        'used + superseded + rejected' as words
    from asked_for

),

explained as (

    select * from listed
    union all
    select * from counted
    union all
    select * from summed

)

select
    'What was received' as about,
    kind,
    part,
    amount,
    '' as unit,
    words
from explained
order by sorted_by, part
