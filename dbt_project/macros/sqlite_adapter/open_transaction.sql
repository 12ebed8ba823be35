{#
    The adapter drops the old table or view before it builds the new one, and
    outside a transaction the drop is final: a model that fails is then a model
    that is gone. A pre-hook of any kind opens the transaction first, and the
    drop is undone with the rest.
#}
{% macro open_transaction() %}select 1{% endmacro %}
