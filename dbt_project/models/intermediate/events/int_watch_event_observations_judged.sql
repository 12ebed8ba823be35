-- What became of each observation of the plugin that the last build took up: used,
-- superseded or rejected, and why; and the event to which it belongs.
with

checked as (

    select * from {{ ref('int_watch_event_observations_checked') }}

),

observations as (

    select * from {{ ref('stg_emby__watch_event_observations') }}

),

events as (

    select * from {{ ref('int_watch_events_deduplicated') }}

),

beside_the_used_one as (

    select
        observations.*,
        {{ concatenated_key([
            'checked.user_id', 'checked.item_id', 'checked.played_at_second'
        ]) }} as event_id,
        checked.reason,
        checked.watched_seconds,
        checked.started_epoch_seconds,
        checked.paused_seconds,
        events.observation_count,
        events.watched_seconds as used_watched_seconds,
        events.paused_seconds as used_paused_seconds,
        checked.source = events.source
        and checked.played_at_local = events.played_at_local
        and checked.play_duration_seconds = events.play_duration_seconds
        and checked.pause_duration_seconds = events.pause_duration_seconds as is_used
    from checked
    inner join observations
        on {{ same_observation('checked', 'observations') }}
    left join events
        on
            checked.user_id = events.user_id
            and checked.item_id = events.item_id
            -- Follows from played_at_second, and comes before it in the events' key.
            and checked.started_epoch_seconds = events.started_epoch_seconds
            and checked.played_at_second = events.played_at_second
            and checked.reason is null

),

-- Leaves out what was checked in a build that failed before it came to the events; the
-- next build includes it.
taken_up as (

    select * from beside_the_used_one
    where
        reason is not null
        or watched_seconds < used_watched_seconds
        or (
            watched_seconds = used_watched_seconds
            and coalesce(paused_seconds, -1) <= coalesce(used_paused_seconds, -1)
        )

),

judged as (

    select
        observation_id,
        event_id,
        user_id,
        item_id,

        source,
        user_name,
        item_name,
        item_type,
        remote_address,
        playback_method,
        client_name,
        device_name,
        transcode_reasons,
        play_duration_seconds,
        pause_duration_seconds,
        case
            when reason is not null then 'rejected'
            when is_used then 'used'
            else 'superseded'
        end as status,
        case
            when reason is not null
                then reason
            when is_used and observation_count = 1
                then 'only_observation'
            when is_used
                then 'longest_observation'
            when watched_seconds < used_watched_seconds
                then 'shorter'
            when coalesce(paused_seconds, -1) < coalesce(used_paused_seconds, -1)
                then 'shorter_pause'
            else 'same_duration'
        end as reason,

        watched_seconds,
        load_id,

        played_at_local,
        started_epoch_seconds,
        first_loaded_at
    from taken_up

)

select * from judged
