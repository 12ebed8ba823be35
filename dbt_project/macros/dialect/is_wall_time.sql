{% macro is_wall_time(text) -%}
    {{ return(adapter.dispatch('is_wall_time')(text)) }}
{%- endmacro %}

{#
    Adding nothing makes SQLite count the days, which turns 30 February into 2 March.
#}
{% macro sqlite__is_wall_time(text) -%}
    coalesce(
        datetime({{ text }}, '+0 days') = {{ text }}
        and {{ text }} >= '1971-01-01',
        false
    )
{%- endmacro %}

{# Written anew, 30 February differs or is no time at all. #}
{% macro duckdb__is_wall_time(text) -%}
    coalesce(
        strftime(try_strptime({{ text }}, '%Y-%m-%d %H:%M:%S'), '%Y-%m-%d %H:%M:%S')
        = {{ text }}
        and {{ text }} >= '1971-01-01',
        false
    )
{%- endmacro %}

{# A cast would fail: the digits are looked at first, then the days of the month. #}
{% macro postgres__is_wall_time(text) -%}
    coalesce(
        case
            when
                {{ text }} ~ '^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01]) '
                and substr({{ text }}, 12) ~ '^([01]\d|2[0-3])(:[0-5]\d){2}$'
                then
                    {{ is_day_of_month(text) }}
                    and {{ text }} >= '1971-01-01'
            else false
        end,
        false
    )
{%- endmacro %}

{# Whether the date at the beginning of a text, whose digits are right, exists. #}
{% macro is_day_of_month(text) -%}
    cast(substr({{ text }}, 9, 2) as integer) <= extract(
        day from
        make_date(
            -- Year 0 is a leap year, as 2000 is.
            cast(coalesce(nullif(substr({{ text }}, 1, 4), '0000'), '2000') as integer),
            cast(substr({{ text }}, 6, 2) as integer),
            1
        )
        + interval '1 month -1 day'
    )
{%- endmacro %}

{# Written anew, 30 February is none, and what is written otherwise differs. #}
{% macro spark__is_wall_time(text) -%}
    coalesce(
        cast(try_cast({{ text }} as timestamp) as string) = {{ text }}
        and length({{ text }}) = 19
        and {{ text }} >= '1971-01-01',
        false
    )
{%- endmacro %}
