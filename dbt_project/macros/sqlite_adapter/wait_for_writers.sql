{#
    The adapter waits five seconds for another writer and gives up. The extractor
    may hold the lock longer, while it loads a long history.
#}
{% macro wait_for_writers() -%}
    {{ return(adapter.dispatch('wait_for_writers')()) }}
{%- endmacro %}

{% macro default__wait_for_writers() %}{% endmacro %}

{% macro sqlite__wait_for_writers() %}pragma busy_timeout = 60000{% endmacro %}
