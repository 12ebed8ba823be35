{#
    The program whose history a source is: Jellystat keeps plays in two tables, some of
    them copies of the plugin's rows; what no other program tells was read from the
    plugin.
#}
{% macro program_of(source) -%}
case
            when {{ source }} like 'jellystat%' then 'jellystat'
            when {{ source }} = 'tautulli' then 'tautulli'
            else 'emby'
        end
{%- endmacro %}
