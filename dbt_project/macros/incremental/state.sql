{# What a build is compared by with the last complete one; see record_build. #}

{#
    The code of all models and macros, the columns and constraints of the models, and
    what the seeds hold. The laboratory comes and goes, and nothing is made of it.
#}
{% macro models_and_macros() %}
    {% set parts = [] %}
    {% for id, node in graph.nodes.items()
        if node.resource_type == 'model' and 'laboratory' not in node.tags %}
        {% do parts.append(id ~ node.raw_code ~ node.config.materialized) %}
        {% do parts.append(id ~ node.constraints) %}
        {% for column in node.columns.values() %}
            {% do parts.append(column.name ~ column.data_type ~ column.constraints) %}
        {% endfor %}
    {% endfor %}
    {% for id, node in graph.nodes.items()
        if node.resource_type == 'seed' and 'laboratory' not in node.tags %}
        {% do parts.append(id ~ node.checksum.checksum) %}
    {% endfor %}
    {% for name, value in context.items() %}
        {% if value.macro is defined and value.macro.package_name == project_name %}
            {% do parts.append(value.macro.macro_sql) %}
        {% endif %}
    {% endfor %}
    {% do return(parts | sort | join('\n')) %}
{% endmacro %}

{% macro all_vars() %}
    {% set values = {} %}
    {% for name in var_rules() %}
        {% do values.update({name: var(name)}) %}
    {% endfor %}
    {% do return(values) %}
{% endmacro %}

{# SQL for the zones of the server's clock and of the reports. #}
{% macro state_of_clocks() -%}
    (
        select {{ joined('era') }}
        from (
            select valid_from_local || ' ' || zone as era
            from {{ source('extract', 'raw_server_clock') }}
            order by 1
        ) as eras
    ) || (
        select {{ joined('stretch') }}
        from (
            select
                zone || utc_from || utc_offset_seconds || is_report_zone as stretch
            from {{ source('extract', 'raw_timezone_offsets') }}
            order by 1
        ) as stretches
    )
{%- endmacro %}

{#
    SQL for the id of the extractor's last run, which is the time of its beginning. One
    that a wrong clock dated into the future would hide all that come after it.
#}
{% macro last_extract_run() -%}
    (
        select coalesce(max(run_id), '')
        from {{ source('extract', 'raw_extract_runs') }}
        where run_id <= '{{ (
            run_started_at + modules.datetime.timedelta(days=1)
        ).strftime('%Y-%m-%d') }}'
    )
{%- endmacro %}

{#
    SQL for whether the raw tables are the continuation of those that the last complete
    build saw: they have its last run of the extractor, with as many steps at least.
    After a restore, numbers of loads are given again to other rows. On SQLite the
    record of the builds is in the copy too, elsewhere it stays behind.
#}
{% macro continues_last_complete_build() -%}
    not exists (
        select 1
        from {{ builds() }} as builds
        where
            builds.status = 'complete'
            and builds.last_extract_steps > (
                select count(*)
                from {{ source('extract', 'raw_extract_runs') }} as runs
                where runs.run_id = builds.last_extract_run
            )
    )
{%- endmacro %}

{# SQL for the library, its genres and their names. #}
{% macro state_of_library() -%}
    (
        select
            count(*) || ' ' || coalesce(max(change_number), 0)
            -- Somebody wrote or changed an item by hand, and nobody knows when.
            || case
                when count(*) > count(change_number) or min(change_number) < 0
                    then cast(random() as {{ dbt.type_string() }})
                else ''
            end
        from {{ source('emby', 'raw_emby_items') }}
    )
    -- Spellings and hashes are only ever added.
    || ' ' || (select count(*) from {{ source('extract', 'raw_name_spellings') }})
    || ' ' || (
        select {{ joined('genre') }}
        from (
            select media_type || genre_id || ' ' || genre_name as genre
            from {{ source('tmdb', 'raw_tmdb_genres') }}
            order by 1
        ) as genres
    )
{%- endmacro %}
