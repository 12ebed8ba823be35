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

{#
    Of the incremental models that a model reads, those that none of the others reads:
    they hold no more than what they read, and so say up to where all of them are built.
#}
{% macro nearest_incremental_parents(node) %}
    {% set parents = incremental_parents(node) %}
    {% set farther = [] %}
    {% for id in node.depends_on.nodes | list + model_ancestors(node, []) if id in graph.nodes %}
        {% if graph.nodes[id].alias in parents %}
            {% do farther.extend(incremental_parents(graph.nodes[id])) %}
        {% endif %}
    {% endfor %}
    {% do return(parents | reject('in', farther) | unique | list) %}
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
