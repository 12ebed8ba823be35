-- Whether a play that another program tells of is used, or which event it belongs to:
-- one that the plugin tells of, or a source here that comes before it. The order of the
-- steps is that of trust: rows of the plugin; what has its pauses told; what has not;
-- and last Jellystat's copies of the plugin's rows, which are off by whole hours.
{{ config(materialized='table') }}

with

observations as (

    select * from {{ ref('int_imported_observations_ranked') }}
    where observation_rank = 1

),

items as (

    select
        item_id,
        first_item_id
    from {{ ref('int_items_titled') }}

),

plugin_observations as {{ materialized(false) }} (

    select * from {{ ref('int_watch_event_observations_checked') }}

),

plays as {{ materialized() }} (

    select
        observations.user_id,
        observations.item_id,
        items.first_item_id,
        observations.source,
        observations.play_duration_seconds,
        observations.pause_duration_seconds,
        observations.watched_seconds,
        observations.paused_seconds,
        observations.started_epoch_seconds,
        {{ ended_epoch_seconds('observations') }} as ended_epoch_seconds,
        observations.played_at_local,
        observations.played_at_second
    from observations
    inner join items
        on observations.item_id = items.item_id

),

played_titles as (

    select distinct
        user_id,
        first_item_id
    from plays

),

-- What the plugin tells of these people and titles.
used_after_plugin as {{ materialized() }} (

    select
        plugin_observations.user_id,
        plugin_observations.item_id,
        played_titles.first_item_id,
        min(plugin_observations.started_epoch_seconds) as started_epoch_seconds,
        max({{ ended_epoch_seconds('plugin_observations') }})
            as ended_epoch_seconds,
        plugin_observations.played_at_second
    from played_titles
    inner join items
        on played_titles.first_item_id = items.first_item_id
    inner join plugin_observations
        on
            played_titles.user_id = plugin_observations.user_id
            and items.item_id = plugin_observations.item_id
    where plugin_observations.reason is null
    group by
        plugin_observations.user_id,
        plugin_observations.item_id,
        played_titles.first_item_id,
        plugin_observations.played_at_second

),

{{ plays_judged_of('jellystat_plugin', after='plugin') }},

{{ plays_judged_of('tautulli', after='jellystat_plugin') }},

{{ plays_judged_of('jellystat', after='tautulli') }},

{{ plays_judged_of('jellystat_copy', after='jellystat') }},

superseded as (

    select * from superseded_of_jellystat_plugin
    union all
    select * from superseded_of_tautulli
    union all
    select * from superseded_of_jellystat
    union all
    select * from superseded_of_jellystat_copy

),

judged as (

    select
        plays.user_id,
        plays.item_id,
        plays.source,
        plays.play_duration_seconds,
        plays.pause_duration_seconds,
        plays.watched_seconds,
        plays.paused_seconds,
        plays.started_epoch_seconds,
        superseded.source is null as is_used,
        plays.played_at_local,
        plays.played_at_second,
        coalesce(superseded.event_item_id, plays.item_id) as event_item_id,
        coalesce(superseded.event_second, plays.played_at_second) as event_second
    from plays
    left join superseded
        on
            plays.source = superseded.source
            and plays.user_id = superseded.user_id
            and plays.item_id = superseded.item_id
            and plays.played_at_second = superseded.played_at_second

)

select * from judged
