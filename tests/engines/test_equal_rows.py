"""Whatever engine builds them, every mart and report has SQLite's rows, row for row."""

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.engines import raw_sets
from tests.engines.engines import Engine, build, marts, serve, sqlite_rows, told

SETS = {"small": raw_sets.small, "demo": raw_sets.demo, "hostile": raw_sets.hostile}
# The unit tests of the models need no data, and so they run once on each engine.
WITHOUT_UNIT_TESTS = ("--exclude-resource-type", "unit_test")


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
    engine: Engine = request.getfixturevalue(target)
    settings = engine.load(expected.database)
    arguments = () if expected.database.stem == "small" else WITHOUT_UNIT_TESTS
    build(expected.database, target, *arguments, settings=settings)
    assert expected.rows["watch_sessions"], "nothing was compared"
    for mart, rows in expected.rows.items():
        assert told(engine.rows(expected.database, mart, expected.columns[mart])) == rows, mart


@pytest.mark.parametrize(("target", "said"), [("duckdb", "in full: "), ("postgres", "what changed since")])
def test_the_next_build_has_sqlites_rows_too(
    folder: Path, target: str, said: str, request: pytest.FixtureRequest
) -> None:
    engine: Engine = request.getfixturevalue(target)
    database = folder / f"next_on_{target}.db"
    raw_sets.hostile(database)
    settings = engine.load(database)
    build(database, target, *WITHOUT_UNIT_TESTS, settings=settings)
    raw_sets.late(database)
    engine.load(database)
    assert f"Building {said}" in build(database, target, *WITHOUT_UNIT_TESTS, settings=settings)
    build(database, "sqlite", *WITHOUT_UNIT_TESTS)
    for mart, columns in marts(database).items():
        assert told(engine.rows(database, mart, columns)) == sqlite_rows(database, mart, columns), mart
