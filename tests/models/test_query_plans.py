"""No query compares each row with each, as SQLite does where it has no index for a join and does not make one.

Whether it does depends on the SQL alone, as no table has statistics: a small household shows what a large one meets.
A join by an index of few values, such as a user's id, passes.
"""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.dbt import run_dbt
from tests.engines import raw_sets

# What a query reads to its end for each row of another relation, because it is short.
SHORT = {
    ("explain_observations", "asked_for"): "what was observed of an item, for each status",
    ("explain_sessions", "thresholds"): "thresholds, for each session of an item",
    ("int_emby_users_named", "ranked"): "names of removed users, for each user",
    ("int_imported_observations_checked", "ranked"): "people, for each imported play",
    ("int_imported_plays_identified", "ranked"): "people, for each imported play",
    ("report_library", "library"): "kinds of items, for each viewer",
}
# All evenings, for each session that a night changed and that reaches into another year: few do.
SHORT_AT_NIGHT = {("user_evenings", "of_other_years")}


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
    chosen = dict.fromkeys(("user_id", "item_id", "session_id"))
    # Below one parent, each is read for each row of those before; below a correlated one, so is the first.
    is_inner: dict[int, bool] = {}
    found = set()
    for number, parent, _, step in connection.execute(f"explain query plan {sql}", chosen):
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
