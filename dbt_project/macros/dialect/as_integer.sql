{% macro as_integer(text) -%}
    {{ return(adapter.dispatch('as_integer')(text)) }}
{%- endmacro %}

{% macro sqlite__as_integer(text) -%}
    cast({{ text }} as integer)
{%- endmacro %}

{# A wider type than the numbers need, so that the difference of two is one as well. #}
{% macro duckdb__as_integer(text) -%}
    cast(
        coalesce(
            try_cast({{ text }} as bigint),
            case
                when {{ text }} like '-%' then -9223372036854775808
                when {{ text }} is not null then 9223372036854775807
            end
        ) as hugeint
    )
{%- endmacro %}

{# numeric has no try_cast, and has room for as many digits as are told apart here. #}
{% macro postgres__as_integer(text) -%}
    case
        when length({{ text }}) <= 18 then cast(cast({{ text }} as bigint) as numeric)
        when {{ text }} is not null then greatest(
            least(
                cast(
                    left({{ text }}, 1)
                    || coalesce(
                        nullif(left(ltrim(substr({{ text }}, 2), '0'), 30), ''), '0'
                    ) as numeric
                ),
                9223372036854775807
            ),
            -9223372036854775808
        )
    end
{%- endmacro %}

{# As PostgreSQL's: wide enough for the difference of two. #}
{% macro spark__as_integer(text) -%}
    cast(
        coalesce(
            try_cast({{ text }} as bigint),
            case
                when {{ text }} like '-%' then -9223372036854775808
                when {{ text }} is not null then 9223372036854775807
            end
        ) as decimal(38, 0)
    )
{%- endmacro %}
