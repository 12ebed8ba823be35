{#
    For reports with rows per year: in an incremental build, a `where` that keeps the
    years of which an evening changed. Nothing in a full build, and where the library
    changed, which names titles and genres. `year`: the year of a row.
#}
{% macro only_years_changed(year=none) -%}
    {%- set evenings = ref('evenings') -%}
    {%- if is_incremental() and library_is_as_built() -%}
        where {{ year or year_of('evening_on') }} in (
            select {{ year_of('changed.evening_on') }}
            from {{ evenings }} as changed
            where changed.changed_in_build > {{ last_complete_build() }}
        )
    {%- endif -%}
{%- endmacro %}
