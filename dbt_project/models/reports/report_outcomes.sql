-- Sessions of an item with several genres are counted once in each.
{{
    config(
        materialized='incremental',
        unique_key=['year'],
        pre_hook=delete_years_changed(),
        post_hook=delete_years_without_evenings()
    )
}}

with

watch_sessions as (

    select * from {{ ref('watch_sessions') }}
    {{ only_years_changed() }}

),

watched_item_genres as (

    select * from {{ ref('watched_item_genres') }}

),

counted as (

    select
        watch_sessions.user_id,

        watch_sessions.user_name,
        {{ year_of('watch_sessions.evening_on') }} as year,
        coalesce(watched_item_genres.genre_name, 'without a genre') as genre_name,
        watch_sessions.outcome,

        count(*) as session_count,
        {{ quotient('sum(watch_sessions.total_seconds_watched)', 3600) }}
            as watched_hours
    from watch_sessions
    left join watched_item_genres
        on watch_sessions.item_id = watched_item_genres.item_id
    group by
        watch_sessions.user_id,
        watch_sessions.user_name,
        {{ year_of('watch_sessions.evening_on') }},
        coalesce(watched_item_genres.genre_name, 'without a genre'),
        watch_sessions.outcome

)

select * from counted
