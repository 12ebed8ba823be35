{#
    What a build has to do is what changed since the last complete one. The table builds
    has two rows: the build that began last, and the last complete one. A build is
    complete when every model succeeded in it, and only then is its row copied to the
    other. So a build that failed, was killed or was of some models alone is done again
    by the next, and never has to be undone.

    A build that begins with other models, macros, vars or clocks than the last complete
    one deletes the row of the latter: without it, everything is built in full. So do
    --full-refresh, --empty and --sample, every build while another program's history
    is imported, the first one after that was taken out, and the first one on raw tables
    that do not continue those of the last complete build.
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
    {% set reason = adapter.dispatch('record_build')() %}
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
