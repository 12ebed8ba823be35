{#
    The statements that create the tables of seeds, empty, where there are none: models
    read them, and `dbt run` loads no seed. A seed that this run loads creates its own.
#}
{% macro create_seeds() %}
    {% set statements = [] %}
    {% for id, node in graph.nodes.items()
        if node.resource_type == 'seed' and id not in selected_resources %}
        {% set columns = [] %}
        {% for name, type in node.config.column_types.items() %}
            {% do columns.append(name ~ ' ' ~ type_of_seed(type)) %}
        {% endfor %}
        {% do statements.append(
            'create table if not exists ' ~ node.relation_name
            ~ ' (' ~ columns | join(', ') ~ ')'
        ) %}
    {% endfor %}
    {% do return(statements) %}
{% endmacro %}

{# The engine's name of a type that a seed's YAML names. #}
{% macro type_of_seed(type) -%}
    {{ return(adapter.dispatch('type_of_seed')(type)) }}
{%- endmacro %}

{% macro default__type_of_seed(type) -%}
    {{ return(type) }}
{%- endmacro %}

{% macro spark__type_of_seed(type) -%}
    {{ return({'text': 'string', 'double precision': 'double'}[type]) }}
{%- endmacro %}
