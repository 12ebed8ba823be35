with

items as (

    select * from {{ source('emby', 'raw_emby_items') }}

),

streams as (

    select
        items.item_id,
        {{ json_element_field('stream', 'Type') }} as stream_type,
        {{ json_element_field('stream', 'Codec') }} as video_codec,
        {{ json_element_position('stream') }} as stream_position,
        {{ as_integer(json_element_field('stream', 'Width', ['integer'])) }}
            as stream_width,
        {{ as_integer(json_element_field('stream', 'Height', ['integer'])) }}
            as stream_height
    from items
    cross join {{ json_elements('items.payload', 'MediaStreams', 'stream') }}

),

-- Cover pictures are streams too, with a width and a height of their own.
videos as (

    select
        item_id,
        video_codec,
        stream_position,
        stream_width,
        stream_height
    from streams
    where stream_type = 'Video'

)

select * from videos
