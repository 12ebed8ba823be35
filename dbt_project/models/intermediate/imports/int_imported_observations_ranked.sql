-- Which usable observations of one source tell of the same play: those with one id, at
-- each length at which a backup had it, and those that start in the same second. The
-- longest stands for the play.
with

observations as (

    select * from {{ ref('int_imported_observations_checked') }}
    where reason is null

),

-- An observation without an id is a play of its own.
with_play as (

    select
        *,
        first_value(user_id) over longest as play_user_id,
        first_value(item_id) over longest as play_item_id,
        first_value(played_at_second) over longest as play_second
    from observations
    window longest as (
        partition by source, coalesce(play_id, observation_id)
        order by
            watched_seconds desc,
            coalesce(paused_seconds, -1) desc,
            load_id asc,
            observation_id asc
        rows between unbounded preceding and current row
    )

),

ranked as (

    select
        observation_id,
        user_id,
        item_id,
        play_user_id,
        play_item_id,

        source,
        play_duration_seconds,
        pause_duration_seconds,

        watched_seconds,
        paused_seconds,
        started_epoch_seconds,
        row_number() over (
            partition by source, play_user_id, play_item_id, play_second
            order by
                watched_seconds desc,
                coalesce(paused_seconds, -1) desc,
                load_id asc,
                observation_id asc
            rows between unbounded preceding and current row
        ) as observation_rank,

        played_at_local,
        played_at_second,
        play_second
    from with_play

)

select * from ranked
