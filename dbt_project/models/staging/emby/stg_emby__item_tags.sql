with

items as (

    select * from {{ source('emby', 'raw_emby_items') }}

),

tag_items as (

    select
        items.item_id,
        nullif({{ json_element_field('tag', 'Id', ['integer', 'text']) }}, '')
            as emby_tag_id,
        {{ json_element_field('tag', 'Name') }} as tag_name
    from items
    cross join {{ json_elements('items.payload', 'TagItems', 'tag') }}

),

tags as (

    select
        items.item_id,
        cast(null as {{ dbt.type_string() }}) as emby_tag_id,
        {{ json_element_text('tag') }} as tag_name
    from items
    cross join {{ json_elements('items.payload', 'Tags', 'tag') }}

),

unioned as (

    select * from tag_items
    union
    select * from tags

),

named as (

    select * from unioned
    where tag_name <> ''

)

select * from named
