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
        observations.*,
        first_value(observations.user_id) over longest as play_user_id,
        first_value(observations.item_id) over longest as play_item_id,
        first_value(observations.played_at_second) over longest as play_second
    from observations
    window longest as (
        partition by
            observations.source,
            coalesce(observations.play_id, observations.observation_id)
        order by
            {{ best_first('observations') }},
            observations.observation_id asc
        rows between unbounded preceding and current row
    )

),

ranked as (

    select
        with_play.*,
        row_number() over (
            partition by
                with_play.source,
                with_play.play_user_id,
                with_play.play_item_id,
                with_play.play_second
            order by
                {{ best_first('with_play') }},
                with_play.observation_id asc
            rows between unbounded preceding and current row
        ) as observation_rank
    from with_play

),

described as (

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
        observation_rank,

        played_at_local,
        played_at_second,
        play_second
    from ranked

)

select * from described
