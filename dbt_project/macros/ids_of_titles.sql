{#
    The columns of ids in int_items_identified, the surest first: a title has one of
    each at most, and items that differ in one are two titles.
#}
{% macro ids_of_titles() -%}
    {{ return([
        'film_tmdb_id',
        'film_imdb_id',
        'series_tvdb_id',
        'series_tmdb_id',
        'series_imdb_id',
        'episode_tvdb_id',
        'episode_imdb_id',
    ]) }}
{%- endmacro %}
