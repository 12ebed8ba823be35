{# Whether to build in full: dbt asks before it builds an incremental model. #}
{% macro should_full_refresh() %}
    {% if config.get('full_refresh') is not none %}
        {% do return(config.get('full_refresh')) %}
    {% endif %}
    {% do return(not builds_what_changed()) %}
{% endmacro %}

{# Whether this run builds models, and has a complete build to start from. #}
{% macro builds_what_changed() %}
    {% if not execute or not builds_models() %}
        {% do return(false) %}
    {% endif %}
    {% set complete = run_query(
        "select 1 from " ~ builds() ~ " where status = 'complete'"
    ) %}
    {% do return(complete.rows | length > 0) %}
{% endmacro %}
