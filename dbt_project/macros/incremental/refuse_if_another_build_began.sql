{#
    A pre-hook, in the model's own transaction, which on SQLite keeps every other writer
    out.
#}
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
