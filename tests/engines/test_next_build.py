"""What a night brings is built on every engine: of what changed alone, or in full."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from tests.engines import raw_sets
from tests.engines.engines import TABLES_ALONE, WITHOUT_UNIT_TESTS, build, marts, serve, sqlite_rows, told
from tests.household import ANN, BEFORE
from tests.servers import play
from tests.system.test_end_to_end import extract


@pytest.mark.parametrize(("target", "said"), [("duckdb", "in full: "), ("postgres", "what changed since")])
def test_the_next_build_has_sqlites_rows_too(tmp_path: Path, target: str, said: str) -> None:
    database = tmp_path / "next.db"
    raw_sets.hostile_server(database)
    with serve(target) as engine:
        settings = engine.load(database)
        build(database, target, *TABLES_ALONE, settings=settings)
        raw_sets.late(database)
        engine.load(database)
        assert f"Building {said}" in build(database, target, *WITHOUT_UNIT_TESTS, settings=settings)
        build(database, "sqlite", *TABLES_ALONE)
        for mart, columns in marts(database).items():
            assert told(engine.rows(database, mart, columns)) == sqlite_rows(database, mart, columns), mart


def test_after_a_restore_a_build_takes_up_a_load_that_has_a_number_again(tmp_path: Path) -> None:
    """The record of the builds stays in PostgreSQL, and the event that it has seen under that number is gone."""
    database, copy = tmp_path / "restored.db", tmp_path / "copy.db"
    extract(BEFORE, database)
    with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    lost, found = play("2025-09-20 20:00:00", ANN, "2", 900), play("2025-09-20 20:00:00", ANN, "1", 900)
    with serve("postgres") as engine:
        extract(replace(BEFORE, plays=[*BEFORE.plays, lost]), database)
        settings = engine.load(database)
        build(database, "postgres", *TABLES_ALONE, settings=settings)
        with closing(sqlite3.connect(copy)) as source, closing(sqlite3.connect(database)) as target:
            source.backup(target)
        extract(replace(BEFORE, plays=[*BEFORE.plays, found]), database)
        engine.load(database)
        assert "Building in full: the raw tables were restored" in build(
            database, "postgres", *TABLES_ALONE, settings=settings
        )
        build(database, "sqlite", *TABLES_ALONE)
        for mart, columns in marts(database).items():
            assert told(engine.rows(database, mart, columns)) == sqlite_rows(database, mart, columns), mart
