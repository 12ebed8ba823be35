-- Every staging model of another program's plays has these columns. A further source is
-- one more of them.
{%- set plays = [
    ref('stg_jellystat__plays'),
    ref('stg_jellystat__plugin_plays'),
    ref('stg_tautulli__plays'),
] %}
with

united as (

    {% for relation in plays %}
        select
            play_id,
            user_id,
            item_id,

            source,
            user_name,
            item_name,
            item_type,
            remote_address,
            playback_method,
            client_name,
            device_name,
            play_duration_seconds,
            pause_duration_seconds,
            told_at,
            row_hash,

            load_id,

            started_at,
            started_local,
            first_loaded_at
        from {{ relation }}
        {% if not loop.last %}union all{% endif %}
    {% endfor %}

)

select * from united
