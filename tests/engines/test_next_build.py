"""What a night brings is built on every engine: of what changed alone, or in full."""

from pathlib import Path

import pytest

from tests.engines import raw_sets
from tests.engines.engines import TABLES_ALONE, WITHOUT_UNIT_TESTS, build, marts, serve, sqlite_rows, told


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
