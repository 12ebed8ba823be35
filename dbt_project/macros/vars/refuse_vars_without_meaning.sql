{#
    on-run-start: refuses, by name and before anything is built, what would give wrong
    numbers without a fault. dbt calls it for compile and docs too, which build nothing.
#}
{% macro refuse_vars_without_meaning() %}
{% set rules = var_rules() %}
{% if execute and flags.WHICH not in ('compile', 'generate') %}
    {% set refused = [] %}
    {% for name, rule in rules.items() %}
        {% set value = var(name) %}
        {% set most = rule.get('at_most') %}
        {% if not is_finite_number(value)
            or rule.is_whole and value is not integer
            or 'at_least' in rule and value < rule.at_least
            or 'above' in rule and value <= rule.above
            or is_finite_number(most) and value > most
        %}
            {% do refused.append(
                name ~ ' is ' ~ tojson(value, value | string)
                ~ ', and a number is allowed: ' ~ rule.allowed ~ '.'
            ) %}
        {% endif %}
    {% endfor %}
    {% for name in (invocation_args_dict.get('vars') or {}) if name not in rules %}
        {% do refused.append(
            name ~ ' is no var of this project, which has '
            ~ rules | join(', ') ~ '.'
        ) %}
    {% endfor %}
    {% if refused %}
        {% do exceptions.raise_compiler_error(refused | join('\n')) %}
    {% endif %}
{% endif %}
{% endmacro %}

{# Infinity and what is no number at all, less itself, are not 0. #}
{% macro is_finite_number(value) %}
    {% do return(value is number and value is not boolean and value - value == 0) %}
{% endmacro %}

{# All that is known of each var. #}
{% macro var_rules() %}
    {% do return({
        'session_gap_minutes': {'at_least': 0, 'allowed': '0 or more'},
        'completed_ratio_threshold': {
            'above': 0, 'at_most': 1, 'allowed': 'above 0, and 1 at most'
        },
        'partial_ratio_threshold': {
            'at_least': 0, 'at_most': var('completed_ratio_threshold'),
            'allowed': '0 or more, and completed_ratio_threshold at most'
        },
        'min_sampled_seconds': {'at_least': 0, 'allowed': '0 or more'},
        'fallback_episode_runtime_seconds': {
            'at_least': 1, 'is_whole': true, 'allowed': '1 or more, whole'
        },
        'fallback_movie_runtime_seconds': {
            'at_least': 1, 'is_whole': true, 'allowed': '1 or more, whole'
        },
        'longest_event_hours': {'above': 0, 'allowed': 'above 0'},
        'future_tolerance_hours': {'at_least': 0, 'allowed': '0 or more'},
        'same_play_tolerance_minutes': {'at_least': 0, 'allowed': '0 or more'},
        'same_film_runtime_tolerance_percent': {
            'at_least': 0, 'allowed': '0 or more'
        },
        'evening_until_hour': {
            'at_least': 0, 'at_most': 12, 'allowed': '0 to 12'
        },
        'suspect_runtime_multiple': {'above': 0, 'allowed': 'above 0'},
        'suspect_day_hours': {'above': 0, 'allowed': 'above 0'},
        'suspect_burst_events': {
            'at_least': 2, 'is_whole': true, 'allowed': '2 or more, whole'
        },
        'adherence_completion_weight': {'at_least': 0, 'allowed': '0 or more'},
        'adherence_return_weight': {'at_least': 0, 'allowed': '0 or more'},
        'adherence_total_weight': {'at_least': 0, 'allowed': '0 or more'},
        'adherence_return_sessions': {'above': 0, 'allowed': 'above 0'},
    }) %}
{% endmacro %}
