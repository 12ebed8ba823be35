{#
    The adapter drops the old table or view before it builds the new one, and
    outside a transaction the drop is final: a model that fails is then a model
    that is gone. A pre-hook of any kind opens the transaction first, and the
    drop is undone with the rest.

    This one also takes the write lock, by deleting nothing: a transaction that
    reads first and then wants to write fails at once if the extractor wrote
    meanwhile, and waiting does not help it. It names the table without source(),
    or every model would descend from it in the graph.
#}
{% macro open_transaction() -%}
    {{ return(adapter.dispatch('open_transaction')()) }}
{%- endmacro %}

{% macro default__open_transaction() %}{% endmacro %}

{% macro sqlite__open_transaction() %}
delete from {{ this.schema }}.raw_extract_runs where false
{% endmacro %}
