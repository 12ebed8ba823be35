"""The SQL holds against a plain Python reading of the rules, on random histories."""

import sqlite3
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract.landing.raw_tables import SERVER_CLOCK, TIMEZONE_OFFSETS
from extract.sources import clock
from extract.sources.timezone_offsets import iter_timezone_offsets
from tests.dbt import CompiledModels
from tests.environment import CLOCK, Rows
from tests.models.reference import FORMAT, Event, Pair, instant, local, pairs_of

ITEM_TYPES = {"1": "Movie", "2": "Episode", "3": "Episode", "4": "Trailer"}
RUNTIMES = {"1": 1000, "2": 100}
# Days on which something happens to the clock, and one on which nothing does.
DAYS = (
    datetime(2025, 8, 15, 9),
    datetime(2025, 10, 5, 1),
    datetime(2026, 4, 5, 1),
    datetime(2026, 1, 10, 20),
)

EVENTS = st.lists(
    st.tuples(
        st.sampled_from(["ann", "bob"]),
        st.sampled_from(sorted(ITEM_TYPES)),
        st.sampled_from(DAYS),
        # Around the gap of 900 seconds, and around the thresholds of the runtimes.
        st.integers(0, 12) | st.integers(895, 905) | st.integers(0, 4 * 3600),
        st.sampled_from([0, 5, 10, 25, 59, 60, 89, 90, 249, 250, 899, 900]) | st.integers(0, 4000),
    ),
    max_size=25,
    unique_by=lambda event: (event[0], event[1], event[2], event[3]),
)


def clock_rows() -> dict[str, Rows]:
    eras = clock.parse_server_clock(CLOCK["EMBY_SERVER_CLOCK"])
    offsets = iter_timezone_offsets(eras, CLOCK["REPORT_TIMEZONE"])
    return {
        SERVER_CLOCK.name: [tuple(row[name] for name in SERVER_CLOCK.columns) for row in clock.iter_server_clock(eras)],
        TIMEZONE_OFFSETS.name: [tuple(row[name] for name in TIMEZONE_OFFSETS.columns) for row in offsets],
    }


CLOCK_ROWS = clock_rows()
LOADED_AT = "2027-01-01 00:00:00"


def raw_rows(history: list[tuple[str, str, str, int]]) -> dict[str, Rows]:
    return CLOCK_ROWS | {
        "raw_emby_items": [
            (item_id, ITEM_TYPES[item_id], f'{{"RunTimeTicks": {seconds}0000000}}', LOADED_AT, LOADED_AT, None, 1)
            for item_id, seconds in RUNTIMES.items()
        ],
        "raw_emby_watch_events": [
            (
                "playlist",
                user,
                item,
                played_at,
                str(seconds),
                "",
                f"Item {item}",
                ITEM_TYPES[item],
                user,
                *[None] * 5,
                LOADED_AT,
                1,
            )
            for user, item, played_at, seconds in history
        ],
    }


def rows_of(connection: sqlite3.Connection, columns: str, table: str) -> list[Any]:
    return connection.execute(f"select {columns} from {table} order by user_id, item_id, 3").fetchall()


def expected_sessions(pairs: dict[tuple[str, str], Pair]) -> list[tuple[Any, ...]]:
    return [
        (
            *key,
            session.started.strftime(FORMAT),
            local(session.started),
            session.ended.strftime(FORMAT),
            local(session.ended),
            len(session.events),
            session.seconds,
            pair.runtime,
            pair.basis,
            pytest.approx(session.ratio) if session.ratio is not None else None,
            session.outcome,
            session.viewing_number,
            int(session.completes_viewing),
        )
        for key, pair in sorted(pairs.items())
        for session in pair.sessions
    ]


def expected_statistics(pairs: dict[tuple[str, str], Pair]) -> list[tuple[Any, ...]]:
    rows = []
    for key, pair in sorted(pairs.items()):
        ratios = [session.ratio for session in pair.sessions if session.ratio is not None]
        first, last = pair.sessions[0].started, max(session.ended for session in pair.sessions)
        rows.append(
            (
                *key,
                len(pair.sessions),
                sum(session.seconds for session in pair.sessions),
                max(ratios) if ratios else None,
                pytest.approx(sum(ratios) / len(ratios)) if ratios else None,
                pair.viewings,
                max(0, pair.viewings - 1),
                pytest.approx(pair.adherence) if pair.adherence is not None else None,
                (last - first).days,
                *(
                    sum(session.outcome == outcome for session in pair.sessions)
                    for outcome in ("completed", "partial", "sampled", "abandoned")
                ),
            )
        )
    return rows


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(events=EVENTS)
def test_sessions_viewings_and_statistics_follow_the_rules(
    models: CompiledModels, events: list[tuple[str, str, datetime, int, int]]
) -> None:
    history = [
        (user, item, (day + timedelta(seconds=offset)).strftime(FORMAT), seconds)
        for user, item, day, offset, seconds in events
    ]
    pairs = pairs_of(
        [Event(user, item, ITEM_TYPES[item], instant(at), seconds) for user, item, at, seconds in history], RUNTIMES
    )
    connection = models.on(raw_rows(history))
    assert rows_of(
        connection,
        "user_id, item_id, started_at, started_local, ended_at, ended_local, event_count, total_seconds_watched, "
        "runtime_seconds, runtime_basis, completion_ratio, outcome, viewing_number, completes_viewing",
        "watch_sessions",
    ) == expected_sessions(pairs)
    assert rows_of(
        connection,
        "user_id, item_id, session_count, total_seconds_watched, best_completion_ratio, average_completion_ratio, "
        "viewing_count, rewatch_count, adherence_score, days_between_first_and_last, completed_session_count, "
        "partial_session_count, sampled_session_count, abandoned_session_count",
        "user_item_stats",
    ) == expected_statistics(pairs)
    assert connection.execute("select event_id, started_at, started_local from watch_events order by 1").fetchall() == [
        (f"{user}|{item}|{at}", instant(at).strftime(FORMAT), local(instant(at)))
        for user, item, at, _ in sorted(history)
    ]
    connection.close()


def test_a_reading_that_only_looks_at_the_event_before_would_be_found(models: CompiledModels) -> None:
    """A long play with a short one inside it: the gap counts from the end of the long one."""
    at = "2026-01-10 20:{:02}:{:02}"
    history = [("ann", "1", at.format(0, 0), 1800), ("ann", "1", at.format(1, 0), 5), ("ann", "1", at.format(40, 0), 5)]
    connection = models.on(raw_rows(history))
    assert connection.execute("select event_count from watch_sessions").fetchall() == [(3,)]
    connection.close()
