{# In a text of Spark a backslash means what is after it, as in JSON, and is doubled. #}
{% macro spark__escape_single_quotes(expression) -%}
    {{- expression | replace('\\', '\\\\') | replace("'", "\\'") -}}
{%- endmacro %}
