{#
    The program whose history a source is: the plugin is read in three ways, and Jellystat
    keeps plays in two tables, some of them copies of the plugin's rows.
#}
{% macro program_of(source) -%}
case
            when {{ source }} in ('query', 'playlist', 'backup')
                then 'emby'
            when {{ source }} in ('jellystat', 'jellystat_plugin', 'jellystat_copy')
                then 'jellystat'
            else {{ source }}
        end
{%- endmacro %}
