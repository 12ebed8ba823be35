-- depends_on: {{ ref('int_user_items_observed') }}
-- Per user and item: the names, type and runtime that sessions and statistics copy, and
-- the build in which any of it, or an event, last changed.
{{
    config(
        materialized='incremental',
        unique_key=['user_id', 'item_id'],
        pre_hook=sort_in_threads(),
        post_hook=[index_on(['item_id']), index_on(['changed_in_build'])]
    )
}}

with

played as (

    select
        user_id,
        item_id
    from {{ ref('int_user_items_played') }}

),

imported as (

    select
        user_id,
        item_id
    from {{ ref('int_imported_user_items_played') }}

),

user_items as (

    select * from played

    union all

    select
        imported.user_id,
        imported.item_id
    from imported
    left join played
        on
            imported.user_id = played.user_id
            and imported.item_id = played.item_id
    where played.user_id is null

),

watched_items as (

    select * from {{ ref('int_watched_items_described') }}

),

users as (

    select * from {{ ref('int_users_named') }}

),

{% if is_incremental() %}

-- Not materialized: looked up by item, and by user.
built as {{ materialized(false) }} (

    select * from {{ this }}

),

changed_items as (

    select watched_items.item_id
    from watched_items
    where not exists (
        select 1
        from built
        where
            built.item_id = watched_items.item_id
            and built.item_name is not distinct from watched_items.item_name
            and built.item_type is not distinct from watched_items.item_type
            and built.runtime_basis is not distinct from watched_items.runtime_basis
            and built.runtime_seconds is not distinct from watched_items.runtime_seconds
            and built.is_in_library = watched_items.is_in_library
    )

),

changed_users as (

    select users.user_id
    from users
    where not exists (
        select 1
        from built
        where
            built.user_id = users.user_id
            and built.user_name = users.user_name
    )

),

{% endif %}

described as (

    select
        {{ concatenated_key(['user_items.user_id', 'user_items.item_id']) }}
            as user_item_id,
        user_items.user_id,
        user_items.item_id,

        users.user_name,
        watched_items.item_name,
        watched_items.item_type,
        watched_items.runtime_basis,

        watched_items.runtime_seconds,
        {{ build_number() }} as changed_in_build,

        watched_items.is_in_library
    from user_items
    left join watched_items
        on user_items.item_id = watched_items.item_id
    left join users
        on user_items.user_id = users.user_id
    {% if is_incremental() %}
        where
            (user_items.user_id, user_items.item_id) in (
                select
                    observed.user_id,
                    observed.item_id
                from {{ ref('int_user_items_observed') }} as observed
            )
            or user_items.item_id in (select item_id from changed_items)
            or user_items.user_id in (select user_id from changed_users)
    {% endif %}

)

select * from described
