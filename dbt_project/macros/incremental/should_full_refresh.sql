{#
    dbt asks this before an incremental build. Beside --full-refresh, the answer is yes
    when the rows that are there were made of something else: by other SQL, with other
    settings, on another clock.
#}
{% macro should_full_refresh() %}
    {% set wanted = config.get('full_refresh') %}
    {% if wanted is none %}
        {% set wanted = flags.FULL_REFRESH %}
    {% endif %}
    {% if not wanted and execute and config.get('materialized') == 'incremental' %}
        {% set wanted = not is_made_of_the_same() %}
    {% endif %}
    {% do return(wanted) %}
{% endmacro %}

{% macro is_made_of_the_same() %}
    {% set has_records = run_query(
        "select 1 from " ~ this.schema ~ ".sqlite_master where name = 'model_builds'"
    ) %}
    {% if not has_records.rows %}
        {% do return(false) %}
    {% endif %}
    {% set same = run_query(
        "select 1 from " ~ model_builds() ~ " where model_name = '" ~ this.identifier
        ~ "' and made_of = " ~ made_of()
    ) %}
    {% do return(same.rows | length > 0) %}
{% endmacro %}
