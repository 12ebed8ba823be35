-- Of an item that was never listed only the name is known under which it was played;
-- the plugin writes an episode's as `Series - s01e02 - Name`.
with

watched_items as (

    select * from {{ ref('int_watched_items_described') }}

),

begun as (

    select
        item_id,
        item_name,
        {{ position_of("' - s'", 'item_name') }} as code_begins
    from watched_items
    where item_type = 'Episode'

),

cut as (

    select
        item_id,
        substr(item_name, 1, code_begins - 1) as series_name,
        substr(item_name, code_begins + 4, 2) as season_text,
        substr(item_name, code_begins + 6, 1) as letter,
        substr(item_name, code_begins + 7, 2) as episode_text,
        substr(item_name, code_begins + 9, 3) as ending
    from begun
    where code_begins > 1

),

parsed as (

    select
        item_id,
        series_name,
        {{ as_integer('season_text') }} as season_number,
        {{ as_integer('episode_text') }} as episode_number
    from cut
    where
        letter = 'e'
        and ending = ' - '
        and {{ is_whole_number('season_text') }}
        and {{ is_whole_number('episode_text') }}

)

select * from parsed
