"""Whatever engine builds them, every mart and report has SQLite's rows, row for row."""

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.engines import raw_sets
from tests.engines.engines import TABLES_ALONE, WITHOUT_UNIT_TESTS, Engine, build, marts, serve, sqlite_rows, told

SETS = {"small": raw_sets.small, "demo": raw_sets.demo, "hostile": raw_sets.hostile}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("engines")


@pytest.fixture(scope="module", params=SETS)
def expected(request: pytest.FixtureRequest, folder: Path) -> SimpleNamespace:
    """Return a warehouse that SQLite has built, and what its marts hold."""
    database = folder / f"{request.param}.db"
    SETS[request.param](database)
    build(database, "sqlite", *WITHOUT_UNIT_TESTS)
    rows = {mart: sqlite_rows(database, mart, columns) for mart, columns in marts(database).items()}
    return SimpleNamespace(database=database, rows=rows, columns=marts(database))


@pytest.fixture(scope="module")
def duckdb() -> Iterator[Engine]:
    with serve("duckdb") as engine:
        yield engine


@pytest.fixture(scope="module")
def postgres() -> Iterator[Engine]:
    with serve("postgres") as engine:
        yield engine


@pytest.mark.parametrize("target", ["duckdb", "postgres"])
def test_every_row_is_sqlites(expected: SimpleNamespace, target: str, request: pytest.FixtureRequest) -> None:
    arguments = () if expected.database.stem == "small" else TABLES_ALONE
    assert_every_row_is_sqlites(expected, target, request.getfixturevalue(target), *arguments)


def assert_every_row_is_sqlites(expected: SimpleNamespace, target: str, engine: Engine, *arguments: str) -> None:
    """Build a warehouse on an engine, and compare its marts."""
    settings = engine.load(expected.database)
    build(expected.database, target, *arguments, settings=settings)
    assert expected.rows["watch_sessions"], "nothing was compared"
    for mart, rows in expected.rows.items():
        assert told(engine.rows(expected.database, mart, expected.columns[mart])) == rows, mart
