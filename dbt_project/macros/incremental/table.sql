{#
    The adapter's table, but for one thing: a model whose meta says `made_of: library`
    is left as it is while the library is the one that it was built from, which is most
    nights. Taking the JSON of 20,000 items apart would be half of such a build.
#}
{% materialization table, adapter='sqlite' %}
    {%- if
        is_made_of_library(model)
        and not flags.FULL_REFRESH
        and load_relation(this) is not none
        and is_made_of_the_same()
    -%}
        {%- call statement('main') -%}
            select 1
        {%- endcall -%}
        {{ return({'relations': [this]}) }}
    {%- endif -%}
    {{ return(dbt.materialization_table_sqlite()) }}
{% endmaterialization %}

{% macro is_made_of_library(node) %}
    {% do return(node.config.meta.get('made_of') == 'library') %}
{% endmacro %}
