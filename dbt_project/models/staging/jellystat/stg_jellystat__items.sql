-- What Jellystat keeps of films and episodes, also of those that are gone.
with

received as (

    select * from {{ source('jellystat', 'raw_jellystat_rows') }}
    where
        table_name in ('jf_library_items', 'jf_library_episodes', 'jf_item_info')

),

unpacked as (

    select
        table_name,
        coalesce(
            {{ json_text('payload', 'EpisodeId') }}, {{ json_text('payload', 'Id') }}
        ) as item_id,
        {{ json_text('payload', 'SeriesId') }} as series_id,

        {{ json_text('payload', 'Type') }} as item_type,
        {{ json_text('payload', 'Name') }} as item_name,
        {{ json_text('payload', 'SeriesName') }} as series_name,
        {{ json_text('payload', 'Path') }} as file_path,
        row_hash,

        {{ json_integer('payload', 'ParentIndexNumber') }} as season_number,
        {{ json_integer('payload', 'IndexNumber') }} as episode_number,
        {{ json_integer('payload', 'ProductionYear') }} as production_year,
        {{ json_integer('payload', 'RunTimeTicks') }} as runtime_ticks,
        load_id
    from received

),

-- The table of the paths calls names and types by its own rules.
renamed as (

    select
        item_id,
        series_id,

        case when table_name != 'jf_item_info' then item_type end as item_type,
        case when table_name != 'jf_item_info' then item_name end as item_name,
        series_name,
        nullif(file_path, '') as file_path,
        cast(null as {{ dbt.type_string() }}) as film_tmdb_id,
        cast(null as {{ dbt.type_string() }}) as film_imdb_id,
        cast(null as {{ dbt.type_string() }}) as series_tvdb_id,
        cast(null as {{ dbt.type_string() }}) as series_tmdb_id,
        row_hash,

        season_number,
        episode_number,
        production_year,
        case
            when runtime_ticks >= 10000000
                then {{ whole_quotient('runtime_ticks', 10000000) }}
        end as runtime_seconds,
        load_id
    from unpacked

)

select * from renamed
