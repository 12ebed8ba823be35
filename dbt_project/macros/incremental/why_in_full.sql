{# The reason for a full build, or none. #}
{% macro why_in_full() %}
    {% if not builds_incrementally() %}
        {% do return('with ' ~ target.type ~ ' every build is one') %}
    {% elif flags.FULL_REFRESH %}
        {% do return('--full-refresh was asked for') %}
    {% elif builds_without_rows() %}
        {% do return('--empty or --sample was asked for') %}
    {% endif %}
    {% if run_query("select 1 where " ~ history_is_imported()).rows
        or history_was_imported() %}
        {% do return("another program's history was imported") %}
    {% endif %}
    {% if not run_query("select 1 where " ~ continues_last_complete_build()).rows %}
        {% do return('the raw tables were restored from a copy, or are others') %}
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
