"""No query compares each row with each, as SQLite does where it has no index for a join and does not make one.

Which it does depends on the SQL alone, as no table has statistics: a small household shows what a large one would meet.
"""

import json
import sqlite3
from collections import defaultdict
from contextlib import closing
from pathlib import Path

import pytest

from tests.dbt import run_dbt, run_models
from tests.engines import raw_sets

# Queries that look through all of a relation for each row of another, and of which there are few.
FEW = {
    ("explain_observations", "asked_for"): "one row",
    ("explain_sessions", "thresholds"): "one row",
    ("int_emby_users_named", "ranked"): "users, for each user",
    ("int_imported_observations_checked", "ranked"): "people, for each imported play",
    ("int_imported_plays_identified", "ranked"): "people, for each imported play",
    ("report_library", "library"): "kinds of items, for each viewer",
    ("user_evenings", "built_evenings"): "evenings, for each span of evenings that a night changed",
}


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    database = tmp_path_factory.mktemp("plans") / "warehouse.db"
    raw_sets.small(database)
    run_models(database)
    return database


def looked_through(connection: sqlite3.Connection, sql: str) -> set[str]:
    """Return the relations that a query reads to their end for each row of another one."""
    loops: dict[int, list[str]] = defaultdict(list)
    chosen = dict.fromkeys(("user_id", "item_id", "session_id"))
    for _, parent, _, step in connection.execute(f"explain query plan {sql}", chosen):
        if step.startswith(("SCAN ", "SEARCH ")):
            loops[parent].append(step)
    # Below one parent each is read for each row of those before. The elements of an array are its own row's.
    inner = [step.split() for steps in loops.values() for step in steps[1:]]
    return {words[1] for words in inner if words[0] == "SCAN" and not {"VIRTUAL", "CONSTANT"} & set(words)}


@pytest.mark.parametrize("arguments", [("--full-refresh",), ()], ids=["in full", "what changed"])
def test_no_query_compares_each_row_with_each(database: Path, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    ended = run_dbt(database, "compile", "--write-json", *arguments, target=tmp_path / "target")
    assert ended.returncode == 0, ended.stdout
    manifest = json.loads((tmp_path / "target" / "manifest.json").read_text(encoding="utf-8"))
    compiled = {
        node["name"]: node["compiled_code"]
        for node in manifest["nodes"].values()
        if node["resource_type"] in {"model", "test", "analysis"} and "compiled_code" in node
    }
    assert len(compiled) > 200
    with closing(sqlite3.connect(database)) as connection:
        found = {(name, read) for name, sql in compiled.items() for read in looked_through(connection, sql)}
    assert found - FEW.keys() == set()
    # None is left here that is not met any more; one is met where a build takes up what changed.
    assert FEW.keys() - found <= {("user_evenings", "built_evenings")}
