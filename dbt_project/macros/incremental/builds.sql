{#
    What a build has to do is what changed since the last complete one. The table builds
    has two rows: the build that began last, and the last complete one. A build is
    complete when every model succeeded in it, and only then is its row copied to the
    other. So a build that failed, was killed or was of some models alone is done again
    by the next, and never has to be undone.

    A build that begins with other models, macros, vars or clocks than the last complete
    one deletes the row of the latter: without it, everything is built in full. So does
    --full-refresh, and whatever builds tables without their rows.
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
        {% do exceptions.raise_compiler_error(
            'Nothing is loaded yet: run "python -m extract" first.'
        ) %}
    {% endif %}
    {% do run_query(wait_for_writers()) %}
    {% do run_query("
        create table if not exists " ~ builds() ~ " (
            status text primary key,
            build_number integer not null,
            invocation_id text not null,
            models text not null,
            vars text not null,
            clocks text not null,
            library text not null,
            load_id integer not null,
            began_at text not null
        ) strict
    ") %}
    {% do run_query('begin immediate') %}
    {% do run_query("
        insert or replace into " ~ builds() ~ "
        select
            'begun',
            (select coalesce(max(build_number), 0) + 1 from " ~ builds() ~ "),
            '" ~ invocation_id ~ "',
            '" ~ local_md5(models_and_macros()) ~ "',
            '" ~ tojson(all_vars(), sort_keys=true) | replace("'", "''") ~ "',
            " ~ state_of_clocks() ~ ",
            " ~ state_of_library() ~ ",
            (select coalesce(max(load_id), 0) from " ~ events ~ "),
            datetime('now')
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
    {% do run_query('commit') %}
    {% do log(
        'Building in full: ' ~ reason if reason
        else 'Building what changed since the last complete build', info=true
    ) %}
{% endif %}
{% endmacro %}

{# A pre-hook, in the model's own transaction, which keeps every other writer out. #}
{% macro refuse_if_another_build_began() %}
{% if execute %}
    {% set begun = run_query(
        "select began_at from " ~ builds()
        ~ " where status = 'begun' and invocation_id <> '" ~ invocation_id ~ "'"
    ) %}
    {% if begun.rows %}
        {% do exceptions.raise_compiler_error(
            'Another run of dbt on this database began at ' ~ begun.rows[0][0]
            ~ ' UTC, and two would write the same tables: this one stops. '
            ~ 'Wait for the other one, and run dbt again.'
        ) %}
    {% endif %}
{% endif %}
{% endmacro %}

{#
    on-run-end. `results`: those of dbt. Where the extractor loaded another clock while
    the models were built, nobody knows which of them saw it, and the build is not a
    complete one.
#}
{% macro complete_build(results) %}
{% if execute and builds_models() and not builds_without_rows() %}
    {% set built = [] %}
    {% for result in results if result.status == 'success' %}
        {% do built.append(result.node.unique_id) %}
    {% endfor %}
    {% set missing = [] %}
    {% for node in graph.nodes.values() if node.resource_type == 'model' %}
        {% if node.unique_id not in built %}
            {% do missing.append(node.name) %}
        {% endif %}
    {% endfor %}
    {% if not missing %}
        {% do run_query(wait_for_writers()) %}
        {% do run_query('begin immediate') %}
        {% do run_query("
            insert or replace into " ~ builds() ~ "
            select
                'complete', build_number, invocation_id, models, vars, clocks,
                case when library = " ~ state_of_library() ~ " then library else '' end,
                load_id, began_at
            from " ~ builds() ~ "
            where
                status = 'begun'
                and invocation_id = '" ~ invocation_id ~ "'
                and clocks = " ~ state_of_clocks() ~ "
        ") %}
        {% do run_query('commit') %}
    {% endif %}
{% endif %}
{% endmacro %}

{% macro builds() %}
    {% do return(target.schema ~ '.builds') %}
{% endmacro %}

{#
    Tests, previews and documentation leave the tables as they are. A retry has the name
    of what it repeats.
#}
{% macro builds_models() %}
    {% do return(flags.WHICH in ('build', 'run')) %}
{% endmacro %}

{% macro builds_without_rows() %}
    {% do return(
        invocation_args_dict.get('empty') or invocation_args_dict.get('sample')
    ) %}
{% endmacro %}

{# Why the tables cannot be brought up to date by what changed; none if they can. #}
{% macro why_in_full() %}
    {% if flags.FULL_REFRESH %}
        {% do return('--full-refresh was asked for') %}
    {% elif builds_without_rows() %}
        {% do return('tables without their rows were asked for') %}
    {% endif %}
    {% set same = run_query("
        select
            complete.models = begun.models,
            complete.vars = begun.vars,
            complete.clocks = begun.clocks
        from " ~ builds() ~ " as begun
        inner join " ~ builds() ~ " as complete
            on begun.status = 'begun' and complete.status = 'complete'
    ") %}
    {% if not same.rows %}
        {% do return('there is no complete build with these models and settings') %}
    {% endif %}
    {% set changed = [] %}
    {% for name in ['models or macros', 'vars', 'clocks'] %}
        {% if not same.rows[0][loop.index0] %}
            {% do changed.append(name) %}
        {% endif %}
    {% endfor %}
    {% if changed %}
        {% do return(changed | join(' and ') ~ ' changed since the last one') %}
    {% endif %}
    {% do return(none) %}
{% endmacro %}

{# Whether there is a complete build to start from: dbt asks before an incremental one. #}
{% macro should_full_refresh() %}
    {% if config.get('full_refresh') is not none %}
        {% do return(config.get('full_refresh')) %}
    {% elif not execute or not builds_models() %}
        {% do return(true) %}
    {% endif %}
    {% set complete = run_query(
        "select 1 from " ~ builds() ~ " where status = 'complete'"
    ) %}
    {% do return(not complete.rows) %}
{% endmacro %}

{# Subqueries, evaluated when a model runs and not when it is compiled. #}
{% macro build_number() -%}
    (select coalesce(max(build_number), 1) from {{ builds() }})
{%- endmacro %}

{% macro last_complete_build() -%}
    (
        select coalesce(max(build_number), 0)
        from {{ builds() }}
        where status = 'complete'
    )
{%- endmacro %}

{% macro last_load_built() -%}
    (
        select coalesce(max(load_id), 0)
        from {{ builds() }}
        where status = 'complete'
    )
{%- endmacro %}

{% macro last_load_taken_up() -%}
    (select coalesce(max(load_id), 0) from {{ builds() }})
{%- endmacro %}
