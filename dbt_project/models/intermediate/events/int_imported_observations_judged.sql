-- What became of each play that another program told: used, superseded or rejected,
-- and why; and the event to which it belongs.
{{
    config(
        materialized='table',
        post_hook=index_on(['user_id', 'item_id', 'played_at_second'])
    )
}}

with

observations as (

    select * from {{ ref('int_imported_observations_checked') }}

),

ranked as (

    select * from {{ ref('int_imported_observations_ranked') }}

),

plays as (

    select * from {{ ref('int_imported_plays_judged') }}

),

judged as (

    select
        observations.*,
        case
            when observations.reason is not null
                then 'rejected'
            when ranked.observation_rank = 1 and plays.is_used
                then 'used'
            else 'superseded'
        end as status,
        case
            when observations.reason is not null
                then observations.reason
            when not plays.is_used
                then 'told_by_better_source'
            when ranked.observation_rank > 1
                then 'other_version'
            else 'only_source'
        end as status_reason,
        coalesce(plays.event_item_id, observations.item_id) as event_item_id,
        coalesce(plays.event_second, observations.played_at_second) as event_second
    from observations
    left join ranked
        on observations.observation_id = ranked.observation_id
    left join plays
        on
            ranked.source = plays.source
            and ranked.play_user_id = plays.user_id
            and ranked.play_item_id = plays.item_id
            and ranked.play_second = plays.played_at_second

),

described as (

    select
        observation_id,
        {{ concatenated_key(['user_id', 'event_item_id', 'event_second']) }}
            as event_id,
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
        nullif(play_duration_seconds, '') as play_duration_seconds,
        nullif(pause_duration_seconds, '') as pause_duration_seconds,
        status,
        status_reason as reason,

        watched_seconds,
        load_id,
        started_epoch_seconds,

        played_at_local,
        played_at_second,
        first_loaded_at
    from judged

)

select * from described
