{% macro timestamp_from_iso(text) -%}
    {{ return(adapter.dispatch('timestamp_from_iso')(text)) }}
{%- endmacro %}

{# The fraction is cut before SQLite sees it, because SQLite would round it. #}
{% macro sqlite__timestamp_from_iso(text) -%}
    case
        -- Adding nothing turns 30 February into 2 March, which it then differs from.
        when date(substr({{ text }}, 1, 10), '+0 days') = substr({{ text }}, 1, 10)
            then datetime(
                substr({{ text }}, 1, 19)
                || case
                    when substr({{ text }}, -6) glob '[+-][0-9][0-9]:[0-9][0-9]'
                        then substr({{ text }}, -6)
                    else ''
                end
            )
    end
{%- endmacro %}

{% macro duckdb__timestamp_from_iso(text) -%}
    {%- set last = 'right(' ~ text ~ ', 6)' -%}
    case
        when
            substr({{ text }}, 1, 4) = '0000'
            or strftime(try_strptime(substr({{ text }}, 1, 10), '%Y-%m-%d'), '%Y-%m-%d')
            is distinct from substr({{ text }}, 1, 10)
            then null
        when regexp_full_match(
            substr({{ text }}, 11, 9), '[T ]([01]\d|2[0-3]):[0-5]\d:[0-5]\d'
        )
            then case
                when not regexp_full_match({{ last }}, '[+-]\d\d:\d\d')
                    then try_cast(substr({{ text }}, 1, 19) as timestamp)
                when regexp_full_match({{ last }}, '[+-](0\d|1[0-4]):[0-5]\d')
                    then
                        try_cast(substr({{ text }}, 1, 19) as timestamp)
                        - try_cast(
                            substr({{ last }}, 1, 1) || '1' as integer
                        ) * (
                            try_cast(substr({{ last }}, 2, 2) as integer) * 60
                            + try_cast(substr({{ last }}, 5, 2) as integer)
                        ) * interval '1 minute'
            end
        when regexp_full_match({{ last }}, '[+-]\d\d:\d\d')
            then null
        when regexp_full_match(
            substr({{ text }}, 11, 9), '[T ]([01]\d|2[0-3]):[0-5]\d *[Zz]? *'
        )
            then try_cast(substr({{ text }}, 1, 16) as timestamp)
        when regexp_full_match(substr({{ text }}, 11, 9), '[T ]*')
            then try_cast(substr({{ text }}, 1, 10) as timestamp)
    end
{%- endmacro %}

{% macro postgres__timestamp_from_iso(text) -%}
    {%- set last = 'right(' ~ text ~ ', 6)' -%}
    case
        when
            {{ text }} like '0000%'
            or {{ text }} !~ '^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])'
            then null
        when not {{ is_day_of_month(text) }}
            then null
        when substr({{ text }}, 11, 9) ~ '^[T ]([01]\d|2[0-3]):[0-5]\d:[0-5]\d$'
            then case
                when {{ last }} !~ '^[+-]\d\d:\d\d$'
                    then cast(substr({{ text }}, 1, 19) as timestamp)
                when {{ last }} ~ '^[+-](0\d|1[0-4]):[0-5]\d$'
                    then
                        cast(substr({{ text }}, 1, 19) as timestamp)
                        - cast({{ last }} as interval hour to minute)
            end
        when {{ last }} ~ '^[+-]\d\d:\d\d$'
            then null
        when substr({{ text }}, 11, 9) ~ '^[T ]([01]\d|2[0-3]):[0-5]\d *[Zz]? *$'
            then cast(substr({{ text }}, 1, 16) as timestamp)
        when substr({{ text }}, 11, 9) ~ '^[T ]*$'
            then cast(substr({{ text }}, 1, 10) as timestamp)
    end
{%- endmacro %}

{% macro spark__timestamp_from_iso(text) -%}
    {%- set last = 'right(' ~ text ~ ', 6)' -%}
    case
        when
            {{ text }} like '0000%'
            or cast(try_cast(substr({{ text }}, 1, 10) as date) as string)
            is distinct from substr({{ text }}, 1, 10)
            then null
        when
            substr({{ text }}, 11, 9)
            rlike '^[T ]([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$'
            then case
                when not {{ last }} rlike r'^[+-][0-9]{2}:[0-9]{2}\z'
                    then try_cast(substr({{ text }}, 1, 19) as timestamp)
                when {{ last }} rlike '^[+-](0[0-9]|1[0-4]):[0-5][0-9]$'
                    then
                        try_cast(substr({{ text }}, 1, 19) as timestamp)
                        - try_cast({{ last }} as interval hour to minute)
            end
        when {{ last }} rlike r'^[+-][0-9]{2}:[0-9]{2}\z'
            then null
        when
            substr({{ text }}, 11, 9)
            rlike r'^[T ]([01][0-9]|2[0-3]):[0-5][0-9] *[Zz]? *\z'
            then try_cast(substr({{ text }}, 1, 16) as timestamp)
        when substr({{ text }}, 11, 9) rlike r'^[T ]*\z'
            then try_cast(substr({{ text }}, 1, 10) as timestamp)
    end
{%- endmacro %}
