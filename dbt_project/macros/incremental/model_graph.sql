{# The ids of what a model reads, directly or through others, added to `found`. #}
{% macro model_ancestors(node, found) %}
    {% for id in node.depends_on.nodes %}
        {% if id not in found %}
            {% do found.append(id) %}
            {% if id in graph.nodes %}
                {% do model_ancestors(graph.nodes[id], found) %}
            {% endif %}
        {% endif %}
    {% endfor %}
    {% do return(found) %}
{% endmacro %}

{#
    The tables of the incremental models that a model reads, directly or through others
    that are not.
#}
{% macro incremental_parents(node) %}
    {% set names = [] %}
    {% for id in node.depends_on.nodes if id in graph.nodes %}
        {% set parent = graph.nodes[id] %}
        {% if parent.config.materialized == 'incremental' %}
            {% do names.append(parent.alias) %}
        {% else %}
            {% do names.extend(incremental_parents(parent)) %}
        {% endif %}
    {% endfor %}
    {% do return(names) %}
{% endmacro %}

{# The tables of the incremental models that read a model, directly or through others. #}
{% macro incremental_descendants(node) %}
    {% set names = [] %}
    {% for other in graph.nodes.values() %}
        {% if
            other.resource_type == 'model'
            and other.config.materialized == 'incremental'
            and node.unique_id in model_ancestors(other, [])
        %}
            {% do names.append(other.alias) %}
        {% endif %}
    {% endfor %}
    {% do return(names) %}
{% endmacro %}
