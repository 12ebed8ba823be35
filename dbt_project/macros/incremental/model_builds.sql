{#
    What an incremental model was built from is kept in the table model_builds, and
    written in the model's own transaction: a build that fails leaves both as they were.

    `as_of` counts builds, whatever the clock of the machine does: the models
    int_user_items_played and int_user_items_described take the next number each time,
    and stamp the users and items that they write with it, in `changed_in`. A model
    after them holds what was changed up to its `as_of`, which is the lowest of those
    that it was built from: whoever builds some models alone finds the rest caught up
    by the next build.

    `made_of` is what the rows depend on besides the data of users and items; see
    made_of().
#}
{% macro model_builds() -%}
    {{ this.schema }}.model_builds
{%- endmacro %}

{# A pre-hook. #}
{% macro create_model_builds() %}
{%- if keeps_record(model) -%}
create table if not exists {{ model_builds() }} (
    model_name text primary key,
    as_of integer not null,
    made_of text not null
) strict, without rowid
{%- endif -%}
{% endmacro %}

{# The number of this build. #}
{% macro build_number() -%}
    (select coalesce(max(as_of), 0) + 1 from {{ model_builds() }})
{%- endmacro %}

{# Up to which build this model holds what was changed. #}
{% macro built_as_of() -%}
    (select as_of from {{ model_builds() }} where model_name = '{{ this.identifier }}')
{%- endmacro %}

{# A post-hook. #}
{% macro remember_build() %}
{%- if execute and keeps_record(model) -%}
{%- if invocation_args_dict.get('empty') -%}
{# `--empty` built a table without its rows. -#}
delete from {{ model_builds() }} where model_name = '{{ this.identifier }}'
{%- else -%}
insert or replace into {{ model_builds() }} (model_name, as_of, made_of)
select
    '{{ this.identifier }}',
    {% if is_made_of_library(model) -%}
        0
    {%- elif 'changed_in' in model.columns -%}
        {{ build_number() }}
    {%- else -%}
        (
            select min(as_of) from {{ model_builds() }}
            where model_name in ('{{ nearest_incremental_parents(model) | join("', '") }}')
        )
    {%- endif %},
    {{ made_of() }}
{%- endif -%}
{%- endif -%}
{% endmacro %}

{% macro keeps_record(node) %}
    {% do return(
        node.config.materialized == 'incremental' or is_made_of_library(node)
    ) %}
{% endmacro %}
