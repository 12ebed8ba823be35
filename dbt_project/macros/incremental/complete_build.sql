{#
    on-run-end. `results`: those of dbt. Where the extractor loaded another clock while
    the models were built, nobody knows which of them saw it, and the build is not a
    complete one.
#}
{% macro complete_build(results) %}
{% if execute and builds_models() and builds_incrementally()
    and not builds_without_rows() %}
    {% set built = [] %}
    {% for result in results if result.status == 'success' %}
        {% do built.append(result.node.unique_id) %}
    {% endfor %}
    {% set missing = [] %}
    {% for node in graph.nodes.values()
        if node.resource_type == 'model' and 'laboratory' not in node.tags %}
        {% if node.unique_id not in built %}
            {% do missing.append(node.name) %}
        {% endif %}
    {% endfor %}
    {% if not missing %}
        {% set this_build = "
            status = 'begun'
            and invocation_id = '" ~ invocation_id ~ "'
            and clocks = " ~ state_of_clocks()
        %}
        {% do begin_writing() %}
        {% do run_query("
            delete from " ~ builds() ~ "
            where
                status = 'complete'
                and exists (select 1 from " ~ builds() ~ " where " ~ this_build ~ ")
        ") %}
        {% do run_query("
            insert into " ~ builds() ~ "
            select
                'complete', build_number, invocation_id, models, vars, clocks,
                case when library = " ~ state_of_library() ~ " then library else '' end,
                " ~ last_load_of_events() ~ ",
                last_extract_run, last_extract_steps, began_at
            from " ~ builds() ~ "
            where " ~ this_build
        ) %}
        {% do commit_writing() %}
    {% endif %}
{% endif %}
{% endmacro %}
