{#
    The common table expressions that compare the plays of one source with those that
    are used of the sources before it. For the model int_imported_plays_judged alone,
    whose relations it names; `after` is the source before, whose `used_after_` it
    reads.
#}
{% macro plays_judged_of(source, after) -%}
compared_with_{{ source }} as (

    select
        plays.source,
        plays.user_id,
        plays.item_id,
        plays.played_at_second,
        used.item_id as event_item_id,
        used.played_at_second as event_second,
        row_number() over (
            partition by plays.user_id, plays.item_id, plays.played_at_second
            order by
                abs(plays.started_epoch_seconds - used.started_epoch_seconds) asc,
                used.item_id asc,
                used.played_at_second asc
            rows between unbounded preceding and current row
        ) as nearness_rank
    from plays
    inner join used_after_{{ after }} as used
        on
            plays.user_id = used.user_id
            and plays.first_item_id = used.first_item_id
    where
        plays.source = '{{ source }}'
        and {{ is_same_play('plays', 'used') }}
    {% if source == 'jellystat_copy' %}
            or (
                plays.source = '{{ source }}'
                and {{ is_off_by_hours(
                    'plays.started_epoch_seconds', 'used.started_epoch_seconds'
                ) }}
                and plays.ended_epoch_seconds - plays.started_epoch_seconds
                = used.ended_epoch_seconds - used.started_epoch_seconds
            )
    {% endif %}

),

superseded_of_{{ source }} as {{ materialized() }} (

    select
        source,
        user_id,
        item_id,
        event_item_id,
        played_at_second,
        event_second
    from compared_with_{{ source }}
    where nearness_rank = 1

),

used_after_{{ source }} as {{ materialized() }} (

    select * from used_after_{{ after }}

    union all

    select
        plays.user_id,
        plays.item_id,
        plays.first_item_id,
        plays.started_epoch_seconds,
        plays.ended_epoch_seconds,
        plays.played_at_second
    from plays
    left join superseded_of_{{ source }} as superseded
        on
            plays.user_id = superseded.user_id
            and plays.item_id = superseded.item_id
            and plays.played_at_second = superseded.played_at_second
    where
        plays.source = '{{ source }}'
        and superseded.source is null

)
{%- endmacro %}
