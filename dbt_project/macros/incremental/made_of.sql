{#
    The SQL for what the rows of a model depend on besides the data of users and items,
    as it is in the file when the model is built, and not as the project would have it:
    whoever builds one model alone may build it from views that are older.

    - the columns, code and vars of the model itself;
    - the views that it reads, directly or through others: what a var or a macro is
      worth is written out in them;
    - the clocks, as far as it reads them;
    - for a model that is made of the library alone, the state of the library, and the
      records of those of its kind that it reads.

    An incremental model that it reads has a record of its own; see forget_changed().
    Everything is named without ref() and source(), which would add to the graph.
#}
{% macro made_of() -%}
    {%- set own = [model.raw_code] -%}
    {%- for column in model.columns.values() -%}
        {%- do own.append(column.name ~ ' ' ~ column.data_type) -%}
    {%- endfor -%}
    {%- for name in modules.re.findall("var\\('(\\w+)'\\)", model.raw_code) -%}
        {%- do own.append(name ~ '=' ~ tojson(var(name))) -%}
    {%- endfor -%}
    {%- set read = [] -%}
    {%- for id in model_ancestors(model, []) if id in graph.nodes -%}
        {%- do read.append(graph.nodes[id].alias) -%}
    {%- endfor -%}
    '{{ local_md5(own | join('\n')) }}'
    || (
        select coalesce(group_concat(sql), '')
        from (
            select sql from {{ this.schema }}.sqlite_master
            where type = 'view' and name in ('{{ read | join("', '") }}')
            order by name
        )
    )
    {%- if 'int_server_clock_offsets' in read %}
    || (
        select coalesce(group_concat(local_from || ' ' || utc_offset_seconds), '')
        from (
            select * from {{ this.schema }}.int_server_clock_offsets
            order by local_from
        )
    )
    {%- endif %}
    {%- if 'int_report_offsets' in read %}
    || (
        select
            coalesce(group_concat(from_epoch_seconds || ' ' || utc_offset_seconds), '')
        from (
            select * from {{ this.schema }}.int_report_offsets
            order by from_epoch_seconds
        )
    )
    {%- endif %}
    {%- if is_made_of_library(model) %}
    || (
        select
            count(*) || ' ' || coalesce(max(change_number), 0)
            -- Somebody wrote or changed an item by hand, and nobody knows when.
            || case
                when count(*) > count(change_number) or min(change_number) < 0
                    then random()
                else ''
            end
        from {{ this.schema }}.raw_emby_items
    )
    -- Spellings and hashes are only ever added.
    || (select count(*) from {{ this.schema }}.raw_name_spellings)
    || (
        select coalesce(group_concat(media_type || genre_id || genre_name), '')
        from (select * from {{ this.schema }}.raw_tmdb_genres order by 1, 2)
    )
    || (
        select coalesce(group_concat(made_of), '')
        from (
            select made_of from {{ model_builds() }}
            where model_name in ('{{ read | join("', '") }}')
            order by model_name
        )
    )
    {%- endif %}
{%- endmacro %}
