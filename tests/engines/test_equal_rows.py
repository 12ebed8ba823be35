"""Whatever engine builds them, every mart and report has SQLite's rows, row for row."""

from collections.abc import Iterator
from types import SimpleNamespace

import pytest

from tests.engines import raw_sets
from tests.engines.engines import WITHOUT_UNIT_TESTS, Engine, build, marts, serve, sqlite_rows, told


# The small household has no other program's history, which is another way through the models.
@pytest.fixture(scope="module", params=[raw_sets.small, raw_sets.together], ids=["small", "together"])
def expected(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> SimpleNamespace:
    """Return a warehouse that SQLite has built, and what its marts hold."""
    database = tmp_path_factory.mktemp("engines") / f"{request.param.__name__}.db"
    request.param(database)
    build(database, "sqlite", *WITHOUT_UNIT_TESTS)
    columns = marts(database)
    rows = {mart: sqlite_rows(database, mart, columns[mart]) for mart in columns}
    return SimpleNamespace(database=database, rows=rows, columns=columns)


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
    arguments = () if expected.database.stem == "small" else WITHOUT_UNIT_TESTS
    assert_every_row_is_sqlites(expected, target, request.getfixturevalue(target), *arguments)


def assert_every_row_is_sqlites(expected: SimpleNamespace, target: str, engine: Engine, *arguments: str) -> None:
    """Build a warehouse on an engine, and compare its marts."""
    settings = engine.load(expected.database)
    build(expected.database, target, *arguments, settings=settings)
    assert expected.rows["watch_sessions"], "nothing was compared"
    for mart, rows in expected.rows.items():
        assert told(engine.rows(expected.database, mart, expected.columns[mart])) == rows, mart
