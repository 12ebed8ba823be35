{#
    What a build has to do is what changed since the last complete one. The table builds
    has two rows: the build that began last, and the last complete one. A build is
    complete when every model succeeded in it, and only then is its row copied to the
    other. So a build that failed, was killed or was of some models alone is done again
    by the next, and never has to be undone.

    A build that begins with other models, macros, vars or clocks than the last complete
    one deletes the row of the latter: without it, everything is built in full. So do
    --full-refresh, --empty and --sample.
#}
{% macro begin_build() %}
{% set models = [] %}
{% for id in selected_resources if id.startswith('model.') %}
    {% do models.append(id) %}
{% endfor %}
{# Tests alone build nothing. A retry does not say what is selected. #}
{% if execute and builds_models() and (models or not selected_resources) %}
    {% set events = source('emby', 'raw_emby_watch_events') %}
    {% if load_relation(events) is none %}
        {% do nothing_is_loaded() %}
    {% elif load_relation(source('tautulli', 'raw_tautulli_plays')) is none %}
        {% do tables_are_missing() %}
    {% endif %}
    {% do begin_writing() %}
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
    {% do log(
        'Building in full: ' ~ reason if reason
        else 'Building what changed since the last complete build', info=true
    ) %}
{% endif %}
{% endmacro %}

{% macro tables_are_missing() %}
    {% do exceptions.raise_compiler_error(
        'This database is of an earlier version: run "python -m extract" once, which '
        ~ 'adds the tables that it lacks.'
    ) %}
{% endmacro %}

{% macro nothing_is_loaded() %}
    {% do exceptions.raise_compiler_error(
        'Nothing is loaded yet: run "python -m extract" first.'
    ) %}
{% endmacro %}
