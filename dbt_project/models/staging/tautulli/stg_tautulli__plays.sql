{%- set history = 'session_history.' -%}
{%- set metadata = 'session_history_metadata.' -%}
with

plays as (

    select * from {{ source('tautulli', 'raw_tautulli_plays') }}

),

unpacked as (

    select
        play_id,
        {{ json_text('payload', history ~ 'user_id') }} as plex_user_id,
        {{ json_text('payload', history ~ 'rating_key') }} as rating_key,

        {{ json_text('payload', history ~ 'user') }} as user_name,
        {{ json_text('payload', history ~ 'media_type') }} as media_type,
        {{ json_text('payload', metadata ~ 'grandparent_title') }} as series_name,
        {{ json_text('payload', metadata ~ 'title') }} as title,
        {{ json_text('payload', metadata ~ 'parent_media_index') }} as season,
        {{ json_text('payload', metadata ~ 'media_index') }} as episode,
        {{ json_text('payload', history ~ 'ip_address') }} as remote_address,
        {{ json_text('payload', history ~ 'product') }} as client_name,
        {{ json_text('payload', history ~ 'player') }} as device_name,
        {{ json_text('payload', 'session_history_media_info.transcode_decision') }}
            as transcode_decision,
        {{ json_text('payload', history ~ 'paused_counter') }}
            as pause_duration_seconds,
        {{ json_text('payload', history ~ 'started') }} as told_at,
        row_hash,

        {{ json_integer('payload', history ~ 'started') }} as started_epoch_seconds,
        {{ json_integer('payload', history ~ 'stopped') }} as stopped_epoch_seconds,
        {{ json_integer('payload', history ~ 'paused_counter') }} as paused_seconds,
        load_id,

        first_loaded_at
    from plays

),

-- A play that was never stopped has 0 there. Ten digits of seconds reach to 2286.
measured as (

    select
        *,
        case
            when stopped_epoch_seconds = 0 then 0
            else
                stopped_epoch_seconds
                - started_epoch_seconds
                - coalesce(paused_seconds, 0)
        end as play_seconds,
        case
            when started_epoch_seconds between 0 and 9999999999
                then {{ timestamp_at('started_epoch_seconds') }}
        end as started_at
    from unpacked

),

renamed as (

    select
        -- A Tautulli that was set up anew counts from 1 again.
        play_id || '@' || told_at as play_id,
        case
            when not {{ is_blank('plex_user_id') }}
                then 'tautulli:' || plex_user_id
        end as user_id,
        'plex:' || rating_key as item_id,

        'tautulli' as source,
        user_name,
        case
            when media_type = 'episode'
                then
                    series_name
                    || coalesce(
                        ' - s' || case when length(season) = 1 then '0' else '' end
                        || season
                        || 'e' || case when length(episode) = 1 then '0' else '' end
                        || episode,
                        ''
                    )
                    || ' - ' || title
            else title
        end as item_name,
        case media_type
            when 'movie' then 'Movie'
            when 'episode' then 'Episode'
            when 'track' then 'Audio'
            else media_type
        end as item_type,
        remote_address,
        case transcode_decision
            when 'direct play' then 'DirectPlay'
            when 'copy' then 'DirectStream'
            when 'transcode' then 'Transcode'
        end as playback_method,
        client_name,
        device_name,
        cast(play_seconds as {{ dbt.type_string() }}) as play_duration_seconds,
        pause_duration_seconds,
        told_at,
        row_hash,

        load_id,

        started_at,
        cast(null as {{ dbt.type_string() }}) as started_local,
        first_loaded_at
    from measured

)

select * from renamed
