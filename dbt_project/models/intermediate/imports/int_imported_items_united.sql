-- Every staging model of another program's items has these columns. A further source is
-- one more of them.
{%- set items = [
    ref('stg_jellystat__items'),
    ref('stg_tautulli__items'),
] %}
with

united as (

    {% for relation in items %}
        select
            item_id,
            series_id,

            item_type,
            item_name,
            series_name,
            file_path,
            film_tmdb_id,
            film_imdb_id,
            series_tvdb_id,
            series_tmdb_id,
            row_hash,

            season_number,
            episode_number,
            production_year,
            runtime_seconds,
            load_id
        from {{ relation }}
        {% if not loop.last %}union all{% endif %}
    {% endfor %}

)

select * from united
