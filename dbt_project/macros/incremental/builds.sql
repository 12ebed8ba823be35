{#
    The table of builds; see begin_build. No model, because it has to be there before
    the first model is built.
#}
{% macro builds() %}
    {% do return(target.schema ~ '.builds') %}
{% endmacro %}

{% macro create_builds() -%}
    create table if not exists {{ builds() }} (
        status {{ contract_type('text') }} primary key,
        build_number {{ contract_type('integer') }} not null,
        invocation_id {{ contract_type('text') }} not null,
        models {{ contract_type('text') }} not null,
        vars {{ contract_type('text') }} not null,
        clocks {{ contract_type('text') }} not null,
        library {{ contract_type('text') }} not null,
        load_id {{ contract_type('integer') }} not null,
        last_extract_run {{ contract_type('text') }} not null,
        last_extract_steps {{ contract_type('integer') }} not null,
        began_at {{ contract_type('text') }} not null
    ) {{ strict() }}
{%- endmacro %}

{# The table of an earlier version lacks columns; without it, the next build is full. #}
{% macro drop_builds_of_earlier_version() %}
    {% set present = load_relation(api.Relation.create(
        database=target.database, schema=target.schema, identifier='builds'
    )) %}
    {% if present is not none
        and 'last_extract_run' not in adapter.get_columns_in_relation(present)
            | map(attribute='name') %}
        {% do run_query('drop table ' ~ builds()) %}
    {% endif %}
{% endmacro %}

{# Whether the engine has to be told that it is to enforce types. #}
{% macro strict() -%}
    {{ return(adapter.dispatch('strict')()) }}
{%- endmacro %}

{% macro default__strict() %}{% endmacro %}

{% macro sqlite__strict() %}strict{% endmacro %}

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

{# SQL for the number of the last load of what is appended to. #}
{% macro last_load() -%}
    (
        select coalesce(max(load_id), 0)
        from (
            select max(load_id) as load_id
            from {{ source('emby', 'raw_emby_watch_events') }}
            union all
            select max(load_id) from {{ source('jellystat', 'raw_jellystat_rows') }}
            union all
            select max(load_id) from {{ source('tautulli', 'raw_tautulli_plays') }}
        ) as loads
    )
{%- endmacro %}

{#
    SQL for the number of the last load of the plugin's events that this build took up.
    A later number, of another program's history, is given again if that is taken out.
#}
{% macro last_load_of_events() -%}
    (
        select coalesce(max(events.load_id), 0)
        from {{ source('emby', 'raw_emby_watch_events') }} as events
        where events.load_id <= {{ last_load_taken_up() }}
    )
{%- endmacro %}

{#
    SQL for whether another program's history was imported. Which of its plays are used
    hangs on what the plugin tells of the same evening, and on titles: it is found out
    anew in every build, and so is all that follows from it.
#}
{% macro history_is_imported() -%}
    (
        exists (select 1 from {{ source('jellystat', 'raw_jellystat_rows') }})
        or exists (select 1 from {{ source('tautulli', 'raw_tautulli_plays') }})
    )
{%- endmacro %}

{#
    Whether the last build had such a history, which somebody may have taken out again.
#}
{% macro history_was_imported() %}
    {% set built = load_relation(api.Relation.create(
        database=target.database,
        schema=target.schema,
        identifier='int_imported_observations_checked'
    )) %}
    {% do return(
        built is not none
        and run_query('select 1 from ' ~ built ~ ' limit 1').rows | length > 0
    ) %}
{% endmacro %}
