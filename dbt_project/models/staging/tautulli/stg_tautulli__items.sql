{%- set history = 'session_history.' -%}
{%- set metadata = 'session_history_metadata.' -%}
{%- set lookup = 'themoviedb_lookup.' -%}
with

plays as (

    select * from {{ source('tautulli', 'raw_tautulli_plays') }}

),

unpacked as (

    select
        {{ json_text('payload', history ~ 'rating_key') }} as rating_key,

        {{ json_text('payload', history ~ 'media_type') }} as media_type,
        {{ json_text('payload', metadata ~ 'title') }} as title,
        {{ json_text('payload', metadata ~ 'grandparent_title') }} as series_name,
        {{ json_text('payload', metadata ~ 'guid') }} as guid,
        {{ json_text('payload', lookup ~ 'themoviedb_id') }} as looked_up_tmdb_id,
        {{ json_text('payload', lookup ~ 'imdb_id') }} as looked_up_imdb_id,
        row_hash,

        {{ json_integer('payload', metadata ~ 'parent_media_index') }} as season_number,
        {{ json_integer('payload', metadata ~ 'media_index') }} as episode_number,
        {{ json_integer('payload', metadata ~ 'year') }} as production_year,
        {{ json_integer('payload', metadata ~ 'duration') }} as duration_milliseconds,
        load_id
    from plays

),

-- Of `com.plexapp.agents.thetvdb://121361/1/2?lang=en` all behind the slashes.
with_address as (

    select
        *,
        substr(guid, {{ position_of("'://'", 'guid') }} + 3) || '?' as guid_address
    from unpacked

),

-- Of it what comes before the language, and before season and number.
with_guid_id as (

    select
        *,
        substr(
            guid_address,
            1,
            {{ position_of("'/'", "replace(guid_address, '?', '/')") }} - 1
        ) as guid_id
    from with_address

),

identified as (

    select
        'plex:' || rating_key as item_id,
        cast(null as {{ dbt.type_string() }}) as series_id,

        case media_type when 'movie' then 'Movie' when 'episode' then 'Episode' end
            as item_type,
        title as item_name,
        case when media_type = 'episode' then series_name end as series_name,
        cast(null as {{ dbt.type_string() }}) as file_path,
        case
            when media_type = 'movie'
                then
                    coalesce(
                        case when guid like '%.themoviedb://%' then guid_id end,
                        looked_up_tmdb_id
                    )
        end as film_tmdb_id,
        case
            when media_type = 'movie'
                then
                    coalesce(
                        case when guid like '%.imdb://%' then guid_id end,
                        looked_up_imdb_id
                    )
        end as film_imdb_id,
        case
            when media_type = 'episode' and guid like '%.thetvdb://%' then guid_id
        end as series_tvdb_id,
        case
            when media_type = 'episode' and guid like '%.themoviedb://%' then guid_id
        end as series_tmdb_id,
        row_hash,

        case when media_type = 'episode' then season_number end as season_number,
        case when media_type = 'episode' then episode_number end as episode_number,
        production_year,
        case
            when duration_milliseconds >= 1000
                then {{ whole_quotient('duration_milliseconds', 1000) }}
        end as runtime_seconds,
        load_id
    from with_guid_id

)

select * from identified
