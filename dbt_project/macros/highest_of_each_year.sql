{#
    Of candidates for a highlight, one of each viewer and year: the highest, and of
    equal ones the first by name.
#}
{% macro highest_of_each_year(candidates) -%}
    select
        viewer_id,

        viewer_name,
        year,
        highlight,
        what,
        unit,

        amount * 1.0 as amount,
        highest
    from (
        select
            *,
            row_number() over (
                partition by viewer_id, year, highlight
                order by highest desc, what asc
                rows between unbounded preceding and current row
            ) as highlight_rank
        from {{ candidates }}
    ) as ranked
    where highlight_rank = 1
{%- endmacro %}
