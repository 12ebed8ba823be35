"""No query compares each row with each, as SQLite does where it has no index for a join and does not make one.

Whether it does depends on the SQL alone, as no table has statistics: a small household shows what a large one meets.
A join by an index of few values, such as a user and an item, is no such plan, and can be as slow. So the steps are
counted that SQLite takes, with so many plays of one person and item and with twice as many.
"""

import json
import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from extract.landing.raw_tables import ITEMS, SERVER_CLOCK, TAUTULLI_PLAYS, TIMEZONE_OFFSETS, USERS, WATCH_EVENTS
from extract.landing.warehouse import Warehouse
from extract.sources import clock
from extract.sources.timezone_offsets import iter_timezone_offsets
from tests.dbt import run_dbt
from tests.engines import raw_sets
from tests.engines.hostile_rows import event

# What a query reads to its end for each row of another relation, because it is short.
SHORT = {
    ("explain_observations", "asked_for"): "what was observed of an item, for each status",
    ("explain_sessions", "thresholds"): "thresholds, for each session of an item",
    ("int_emby_users_named", "ranked"): "names of removed users, for each user",
    ("int_imported_observations_checked", "ranked"): "people, for each imported play",
    ("int_imported_plays_identified", "ranked"): "people, for each imported play",
    ("report_library", "library"): "kinds of items, for each viewer",
    ("watch_events", "usable"): "the observations of an event, for each column that one of them lacks",
}
# All evenings, for each session that a night changed and that reaches into another year: few do.
SHORT_AT_NIGHT = {("user_evenings", "of_other_years")}
# Values of the parameters of analyses, which find nothing.
CHOSEN = dict.fromkeys(("user_id", "item_id", "session_id"))


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    database = tmp_path_factory.mktemp("plans") / "warehouse.db"
    raw_sets.small(database)
    return database


@pytest.fixture(scope="module")
def run_twice(database: Path) -> list[dict[str, str]]:
    """Return the SQL of every model in a full build, and in one of what changed."""
    return [compiled(database, "run"), compiled(database, "run")]


def compiled(database: Path, *arguments: str) -> dict[str, str]:
    """Run dbt, and return the SQL of each model, data test and analysis of that run."""
    ended = run_dbt(database, *arguments, "--write-json")
    assert ended.returncode == 0, ended.stdout
    results = json.loads((database.parent / "target" / "run_results.json").read_text(encoding="utf-8"))["results"]
    nodes = ((*each["unique_id"].split("."), each["compiled_code"]) for each in results)
    return {name: code for kind, _, name, *_, code in nodes if code and kind in {"model", "test", "analysis"}}


def read_again_and_again(database: Path, queries: dict[str, str]) -> set[tuple[str, str]]:
    """Return each query and relation that it reads to its end for each row of another one."""
    with closing(sqlite3.connect(database)) as connection:
        return {(name, read) for name, sql in queries.items() for read in inner_scans(connection, sql)}


def inner_scans(connection: sqlite3.Connection, sql: str) -> set[str]:
    # Below one parent, each is read for each row of those before; below a correlated one, so is the first.
    is_inner: dict[int, bool] = {}
    found = set()
    for number, parent, _, step in connection.execute(f"explain query plan {sql}", CHOSEN):
        words = step.split()
        is_inner[number] = "CORRELATED" in words
        if words[0] in {"SCAN", "SEARCH"}:
            # The elements of an array are those of its row.
            if words[0] == "SCAN" and is_inner.get(parent) and not {"VIRTUAL", "CONSTANT"} & set(words):
                found.add(words[1])
            is_inner[parent] = True
    return found


def test_no_model_compares_each_row_with_each(database: Path, run_twice: list[dict[str, str]]) -> None:
    in_full, of_what_changed = run_twice
    assert "built" not in in_full["user_evenings"]
    assert "built" in of_what_changed["user_evenings"]
    assert read_again_and_again(database, in_full) - SHORT.keys() == set()
    assert read_again_and_again(database, of_what_changed) - SHORT.keys() - SHORT_AT_NIGHT == set()


@pytest.mark.usefixtures("run_twice")
def test_no_data_test_and_no_analysis_compares_each_row_with_each(database: Path) -> None:
    queries = compiled(database, "compile")
    assert {"explain_title", "no_observation_is_lost"} <= queries.keys()
    found = read_again_and_again(database, queries)
    assert found - SHORT.keys() == set()
    assert found, "nothing was looked at"


def often_watched(database: Path, plays: int) -> None:
    """Load so many plays of one film by one person, told twice, and as many of another item that Tautulli tells.

    Another person watches as many films, on two devices, and has paused the first for 68 years.
    """
    hours = [str(datetime(2020, 1, 1) + timedelta(hours=hour)) for hour in range(plays)]
    events = [event("u2", "first", hours[0], "2147483600", "2147483000", device_name="TV")]
    for number, at in enumerate(hours):
        events.append(event("u1", "1", at, "600"))
        events.append(event("u1", "1", at, "590", source="playlist", device_name="TV"))
        events.append(event("u2", f"i{number}", at, "600", device_name="TV" if number % 2 else "Phone"))
    eras = clock.parse_server_clock("UTC")
    users = [{"user_id": id_, "user_name": name, "payload": "{}"} for id_, name in (("u1", "ann"), ("u2", "bob"))]
    with Warehouse(database) as warehouse:
        for table, rows in (
            (SERVER_CLOCK, clock.iter_server_clock(eras)),
            (TIMEZONE_OFFSETS, iter_timezone_offsets(eras, "UTC")),
            (USERS, users),
            (ITEMS, [{"item_id": "1", "item_type": "Movie", "payload": '{"Name": "Often"}'}]),
            (WATCH_EVENTS, events),
            (TAUTULLI_PLAYS, (tautulli_play(number) for number in range(plays))),
        ):
            warehouse.collect(table, rows)
            warehouse.load([table], "2027-02-01 00:00:00")


def tautulli_play(number: int) -> dict[str, str]:
    started = 1_400_000_000 + 3600 * number
    history = {"user_id": 1, "user": "ann", "media_type": "movie", "rating_key": 1}
    history |= {"started": started, "stopped": started + 600}
    payload = {"session_history": history, "session_history_metadata": {"title": "Often"}}
    return {"play_id": str(number), "row_hash": str(number), "payload": json.dumps(payload)}


def steps_of(database: Path, sql: str) -> int:
    """Return how many thousand instructions SQLite takes to give all rows of a query."""
    taken = 0

    def count() -> int:
        nonlocal taken
        taken += 1
        return 0

    with closing(sqlite3.connect(database)) as connection:
        connection.set_progress_handler(count, 1000)
        for _ in connection.execute(sql, CHOSEN):
            pass
    return taken


def test_twice_the_plays_of_one_item_do_not_take_four_times_the_steps(tmp_path: Path) -> None:
    steps: list[dict[str, int]] = []
    for plays in (1000, 2000):
        database = tmp_path / f"{plays}.db"
        often_watched(database, plays)
        queries = compiled(database, "run")
        queries |= compiled(database, "compile", "--select", "resource_type:test", "resource_type:analysis")
        with closing(sqlite3.connect(database)) as connection:
            sessions = connection.execute("select count(*) from watch_sessions where user_id = 'u1'")
            assert sessions.fetchone() == (2 * plays,)
        steps.append({name: steps_of(database, sql) for name, sql in queries.items()})
    fewer, more = steps
    # What compares each with each comes near to four, and what does not to two.
    grown = {name: more[name] / fewer[name] for name in more if more[name] > 100}
    assert {name: growth for name, growth in grown.items() if growth > 3} == {}
    assert grown.keys() >= {"watch_events", "watch_event_observations", "watch_event_suspicions"}
