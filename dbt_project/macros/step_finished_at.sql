{#
    For the freshness of sources: when a step of the extractor last ended without a
    failure. A source that did not change is fresh all the same once it was asked. A
    step that has nothing to ask, as TMDB without a token, is never stale.
#}
{% macro step_finished_at(step) -%}
    select max(finished_at)
    from {{ source('extract', 'raw_extract_runs') }}
    where step = '{{ step }}' and status <> 'failed'
{%- endmacro %}
