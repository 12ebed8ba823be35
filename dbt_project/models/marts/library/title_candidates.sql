-- Titles that may be one, and are not sure enough to be linked: each with the first
-- title of its name that nothing tells apart from it.
with

items as (

    select * from {{ ref('int_items_united') }}

),

item_titles as (

    select * from {{ ref('item_titles') }}

),

items_identified as (

    select * from {{ ref('int_items_titled') }}

),

item_names as (

    select
        item_titles.title_id,
        items.item_id,
        items.production_year,
        items.series_year,
        case
            when items.item_type = 'Movie' and not {{ is_blank('items.item_name') }}
                then 'movie/' || {{ lower_ascii('items.item_name') }}
            when
                items.item_type = 'Episode'
                and not {{ is_blank('items.series_name') }}
                then
                    'episode/' || {{ lower_ascii('items.series_name') }} || '/'
                    || items.episode_code
        end as shared_name
    from item_titles
    inner join items
        on item_titles.item_id = items.item_id

),

named as (

    select
        item_names.title_id,
        item_names.shared_name,
        min(item_names.item_id) as item_id,
        {% for id in ids_of_titles() %}
            max(items_identified.{{ id }}) as {{ id }},
        {% endfor %}
        max(item_names.production_year) as production_year,
        max(item_names.series_year) as series_year
    from item_names
    inner join items_identified
        on item_names.item_id = items_identified.item_id
    where item_names.shared_name is not null
    group by item_names.title_id, item_names.shared_name

),

paired as (

    select
        named.title_id,
        earlier.title_id as other_title_id,
        named.item_id,
        earlier.item_id as other_item_id,
        named.shared_name,
        row_number() over (
            partition by named.title_id
            order by earlier.title_id, earlier.shared_name
            rows between unbounded preceding and current row
        ) as pair_rank
    from named
    inner join named as earlier
        on
            named.shared_name = earlier.shared_name
            and named.title_id > earlier.title_id
    where
        -- Remakes have years, and ids, of their own.
        coalesce(named.production_year = earlier.production_year, true)
        and coalesce(named.series_year = earlier.series_year, true)
        {% for id in ids_of_titles() %}
            and coalesce(named.{{ id }} = earlier.{{ id }}, true)
        {% endfor %}

),

candidates as (

    select
        title_id,
        other_title_id,
        item_id,
        other_item_id,
        shared_name
    from paired
    where pair_rank = 1

)

select * from candidates
