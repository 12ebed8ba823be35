{#
    How many seconds a share of a runtime is. Rounded, because 0.55 x 100 is a little
    more than 55 in a computer.
#}
{% macro seconds_of_runtime(share, runtime_seconds) -%}
{{ rounded(share ~ ' * ' ~ runtime_seconds, 6) }}
{%- endmacro %}
