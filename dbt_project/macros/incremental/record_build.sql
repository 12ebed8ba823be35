{# Records the build that begins; returns why it is one of everything, or none. #}
{% macro default__record_build() %}
    {% do begin_writing() %}
    {% do drop_builds_of_earlier_version() %}
    {% do run_query(create_builds()) %}
    {% for statement in create_seeds() %}
        {% do run_query(statement) %}
    {% endfor %}
    {% set number = run_query(
        "select coalesce(max(build_number), 0) + 1 from " ~ builds()
    ).rows[0][0] %}
    {% do run_query("delete from " ~ builds() ~ " where status = 'begun'") %}
    {% do run_query("
        insert into " ~ builds() ~ "
        select
            'begun',
            " ~ number ~ ",
            '" ~ invocation_id ~ "',
            '" ~ local_md5(models_and_macros()) ~ "',
            '" ~ tojson(all_vars(), sort_keys=true) | replace("'", "''") ~ "',
            " ~ state_of_clocks() ~ ",
            " ~ state_of_library() ~ ",
            " ~ last_load() ~ ",
            " ~ last_extract_run() ~ ",
            (
                select count(*)
                from " ~ source('extract', 'raw_extract_runs') ~ "
                where run_id = " ~ last_extract_run() ~ "
            ),
            '" ~ run_started_at.strftime('%Y-%m-%d %H:%M:%S') ~ "'
    ") %}
    {% set reason = why_in_full() %}
    {% if reason %}
        {% do run_query("delete from " ~ builds() ~ " where status = 'complete'") %}
    {% endif %}
    {#
        If the library differs, its tables are rebuilt by every build until one is
        complete, even if the library changes back.
    #}
    {% do run_query("
        update " ~ builds() ~ " set library = ''
        where status = 'complete' and library not in (
            select library from " ~ builds() ~ " where status = 'begun'
        )
    ") %}
    {% do commit_writing() %}
    {% do return(reason) %}
{% endmacro %}

{#
    Rows of Spark's tables cannot be replaced, but views can: this one has the row of
    the build that began last.
#}
{% macro spark__record_build() %}
    {% do spark_drop_tables_of_other_runs(target.schema) %}
    {% set began = load_relation(api.Relation.create(
        schema=target.schema, identifier='builds'
    )) %}
    {% set number = run_query(
        'select max(build_number) + 1 from ' ~ began
    ).rows[0][0] if began is not none else 1 %}
    {% for statement in create_seeds() %}
        {% do run_query(statement) %}
    {% endfor %}
    {% do run_query("
        create or replace view " ~ builds() ~ " as
        select
            'begun' as status,
            cast(" ~ number ~ " as bigint) as build_number,
            '" ~ invocation_id ~ "' as invocation_id,
            cast(
                " ~ run_query('select ' ~ last_load()).rows[0][0] ~ " as bigint
            ) as load_id,
            '" ~ run_started_at.strftime('%Y-%m-%d %H:%M:%S') ~ "' as began_at
    ") %}
    {% do return(why_in_full()) %}
{% endmacro %}
