{#
    The adapter's view, but that one which says already what it is to say is left as it
    is: many models are views, and most nights none of them changes.
#}
{% materialization view, adapter='sqlite' %}
    {{ return(view_as_it_is() or dbt.materialization_view_sqlite()) }}
{% endmaterialization %}

{# The view as it is in the database; none if it has to be created. #}
{% macro view_as_it_is() %}
    {%- set existing = load_relation(this) -%}
    {%- if existing is not none and existing.is_view -%}
        {%- set statement_of_view = run_query(
            "select sql from " ~ this.schema ~ ".sqlite_master where name = '"
            ~ this.identifier ~ "'"
        ).rows[0][0] -%}
        {%- if statement_of_view.endswith(' as\n    ' ~ model.compiled_code) -%}
            {%- call statement('main') -%}
                select 1
            {%- endcall -%}
            {{ return({'relations': [this]}) }}
        {%- endif -%}
    {%- endif -%}
    {{ return(none) }}
{% endmacro %}
