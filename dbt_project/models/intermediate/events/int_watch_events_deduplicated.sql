-- Of the plugin's observations of one event the longest is used; most events have one
-- alone, and only the others are ranked. What only other programs tell is added.
{{ config(materialized='incremental', unique_key=['user_id', 'item_id']) }}

with

-- Not materialized, here and below: looked up by event, in the order in which they are
-- kept.
watch_event_observations as {{ materialized(false) }} (

    select * from {{ ref('int_watch_event_observations_checked') }}
    {{ only_of(ref('int_user_items_observed')) }}

),

imported_plays as (

    select * from {{ ref('int_imported_plays_judged') }}

),

usable as {{ materialized(false) }} (

    select * from watch_event_observations
    where reason is null

),

-- min() over a single row returns that row.
observed_once as (

    select
        user_id,
        item_id,

        min(source) as source,
        min(play_duration_seconds) as play_duration_seconds,
        min(pause_duration_seconds) as pause_duration_seconds,

        count(*) as observation_count,
        min(watched_seconds) as watched_seconds,
        min(paused_seconds) as paused_seconds,
        min(started_epoch_seconds) as started_epoch_seconds,

        min(played_at_local) as played_at_local,
        played_at_second
    from usable
    group by user_id, item_id, played_at_second
    having count(*) = 1

),

observed_again as (

    select
        user_id,
        item_id,
        count(*) as observation_count,
        max(paused_seconds) as longest_paused_seconds,
        played_at_second
    from usable
    group by user_id, item_id, played_at_second
    having count(*) > 1

),

ranked as (

    select
        usable.*,
        observed_again.observation_count,
        observed_again.longest_paused_seconds,
        row_number() over (
            partition by usable.user_id, usable.item_id, usable.played_at_second
            order by
                {{ best_first('usable') }}
            rows between unbounded preceding and current row
        ) as observation_rank
    from observed_again
    inner join usable
        on
            observed_again.user_id = usable.user_id
            and observed_again.item_id = usable.item_id
            and observed_again.played_at_second = usable.played_at_second

),

used as (

    select * from observed_once

    union all

    select
        user_id,
        item_id,

        source,
        play_duration_seconds,
        pause_duration_seconds,

        observation_count,
        watched_seconds,
        -- Only the query and backups tell of pauses.
        coalesce(paused_seconds, longest_paused_seconds) as paused_seconds,
        started_epoch_seconds,

        played_at_local,
        played_at_second
    from ranked
    where observation_rank = 1

    union all

    select
        user_id,
        item_id,

        source,
        play_duration_seconds,
        pause_duration_seconds,

        1 as observation_count,
        watched_seconds,
        paused_seconds,
        started_epoch_seconds,

        played_at_local,
        played_at_second
    from imported_plays
    where is_used

),

ended as (

    select
        used.*,
        {{ ended_epoch_seconds('used') }} as ended_epoch_seconds
    from used

)

select * from ended
