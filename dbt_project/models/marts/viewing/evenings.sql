-- What each user adds to the household's evening is in user_evenings; only items are
-- counted again, because two may have watched the same.
{{
    config(
        materialized='incremental',
        unique_key=['evening_on'],
        post_hook=delete_evenings_without('user_evenings')
    )
}}

with

user_evenings as (

    select * from {{ ref('user_evenings') }}
    {% if is_incremental() %}
        where changed_in_build > {{ last_complete_build() }}
    {% endif %}

),

watch_sessions as (

    select * from {{ ref('watch_sessions') }}
    {% if is_incremental() %}
        where evening_on in (select user_evenings.evening_on from user_evenings)
    {% endif %}

),

of_users as (

    select
        user_evening_id as evening_id,
        user_id,

        user_name as viewer_name,

        session_count,
        event_count,
        item_count,
        completed_count,
        watched_seconds,
        paused_seconds,
        on_seconds,
        changed_in_build,

        evening_on
    from user_evenings

),

items_of_household as (

    select
        count(distinct item_id) as item_count,
        evening_on
    from watch_sessions
    group by evening_on

),

of_household as (

    select
        '|' || user_evenings.evening_on as evening_id,
        null as user_id,

        'Everybody' as viewer_name,

        sum(user_evenings.session_count) as session_count,
        sum(user_evenings.event_count) as event_count,
        max(items_of_household.item_count) as item_count,
        sum(user_evenings.completed_count) as completed_count,
        sum(user_evenings.watched_seconds) as watched_seconds,
        sum(user_evenings.paused_seconds) as paused_seconds,
        sum(user_evenings.household_on_seconds) as on_seconds,
        max(user_evenings.changed_in_build) as changed_in_build,

        user_evenings.evening_on
    from user_evenings
    inner join items_of_household
        on user_evenings.evening_on = items_of_household.evening_on
    group by user_evenings.evening_on

),

of_viewers as (

    select * from of_users

    union all

    select * from of_household

)

select * from of_viewers
