"""A database of an older schema version is brought up to date, a newer one is refused."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import Result

from extract.demo.loopback import serve
from extract.demo.servers import API_KEY, Emby
from extract.errors import WarehouseError
from extract.landing import migrations
from extract.landing.raw_tables import RAW_TABLES, SCHEMA_VERSION
from extract.landing.warehouse import Warehouse
from tests.dbt import build
from tests.environment import Rows
from tests.household import BEFORE

DUMPS = sorted((Path(__file__).parent / "schema_versions").glob("version-*.sql"))
EVENTS = (
    "select user_id, item_id, substr(played_at_local, 1, 19), {seconds}, user_name, first_loaded_at "
    "from raw_emby_watch_events order by 1, 2, 3, 4"
)
# From this schema version on an event may have several observations, each of a source.
WITH_OBSERVATIONS = 4
SECONDS_NOW = "nullif(play_duration_seconds, '')"
MARTS = ("library_items", "item_genres", "watch_events", "watch_sessions", "user_item_stats", "users")


@pytest.fixture(params=DUMPS, ids=lambda path: path.stem)
def older(request: pytest.FixtureRequest, database: Path) -> Path:
    """Return a database that an earlier version loaded and built."""
    with closing(sqlite3.connect(database)) as connection:
        connection.executescript(request.param.read_text(encoding="utf-8"))
    return database


def seconds_in(database: Path) -> str:
    """Return the SQL for the duration of an event in the schema version of a database."""
    with closing(sqlite3.connect(database)) as connection:
        return "duration_seconds" if migrations.schema_version_of(connection) < WITH_OBSERVATIONS else SECONDS_NOW


def marts(database: Path, columns_of: Path) -> dict[str, Rows]:
    """Return the rows of marts, in the columns that they have in another database."""
    found = {}
    with closing(sqlite3.connect(database)) as connection, closing(sqlite3.connect(columns_of)) as other:
        for mart in MARTS:
            names = [name for _, name, *_ in other.execute(f"pragma table_info({mart})")]
            assert names, mart
            # Earlier versions did not round it.
            columns = ", ".join(f"round({n}, 12)" if n == "adherence_score" else n for n in names)
            found[mart] = sorted(connection.execute(f"select {columns} from {mart}"), key=repr)
    return found


def test_every_earlier_schema_version_is_here() -> None:
    assert [path.stem for path in DUMPS] == [f"version-{number}" for number in range(1, SCHEMA_VERSION)]


def test_an_older_schema_version_is_brought_up_to_date(older: Path, query: Callable[[str], Rows]) -> None:
    version = int(query("pragma user_version")[0][0])
    before = query(EVENTS.format(seconds=seconds_in(older)))
    assert before
    with Warehouse(older):
        pass
    assert query("pragma user_version") == [(SCHEMA_VERSION,)]
    assert query(EVENTS.format(seconds=SECONDS_NOW)) == before
    source = "archive" if version < WITH_OBSERVATIONS else "query"
    assert query("select distinct source, load_id from raw_emby_watch_events") == [(source, 1)]
    for table in RAW_TABLES:
        assert {name for (name,) in query(f"select name from pragma_table_info('{table.name}')")} == set(table.columns)


def test_the_same_history_gives_the_same_marts(older: Path) -> None:
    kept = older.with_name("kept.db")
    shutil.copy(older, kept)
    with Warehouse(older):
        pass
    build(older, "--exclude-resource-type", "unit_test")
    before, after = marts(kept, kept), marts(older, kept)
    for mart, rows in before.items():
        assert rows, mart
        assert after[mart] == rows, mart


def test_what_the_server_still_has_is_read_without_a_double_event(
    extract: Callable[..., Result], older: Path, events_in: Callable[..., Rows]
) -> None:
    with Warehouse(older):
        pass
    columns = "event_id, watched_seconds"
    before = events_in(older, columns, order="event_id")
    with serve(Emby(BEFORE)) as url:
        result = extract("events", EMBY_BASE_URL=url, EMBY_API_KEY=API_KEY)
    assert result.exit_code == 0, result.output
    after = events_in(older, columns, order="event_id")
    assert set(before) <= set(after)
    assert len({event_id for event_id, _ in after}) == len(after)
    # The server tells more of an event than the first versions kept.
    sources = {source for (source,) in events_in(older, "distinct source", "watch_event_observations", "source")}
    assert sources - {"archive"} == {"query"}


def test_a_copy_of_the_older_one_is_kept(older: Path, query: Callable[[str], Rows]) -> None:
    version_before = migrations.schema_version_of(sqlite3.connect(older))
    count = query("select count(*) from raw_emby_watch_events")
    with Warehouse(older):
        pass
    with closing(sqlite3.connect(f"{older}.schema-{version_before}")) as connection:
        assert connection.execute("select count(*) from raw_emby_watch_events").fetchall() == count
        assert migrations.schema_version_of(connection) == version_before


def test_a_migration_that_fails_leaves_the_older_one(
    older: Path, query: Callable[[str], Rows], monkeypatch: pytest.MonkeyPatch
) -> None:
    version = query("pragma user_version")
    events = query(EVENTS.format(seconds=seconds_in(older)))
    last = SCHEMA_VERSION - 1
    monkeypatch.setitem(migrations.STEPS_FROM, last, (*migrations.STEPS_FROM[last], "alter table nosuch add column x"))
    with pytest.raises(WarehouseError, match="nosuch"):
        Warehouse(older)
    assert query("pragma user_version") == version
    assert query(EVENTS.format(seconds=seconds_in(older))) == events
    monkeypatch.undo()
    with Warehouse(older):
        pass
    assert query("pragma user_version") == [(SCHEMA_VERSION,)]
    assert query(EVENTS.format(seconds=SECONDS_NOW)) == events


def test_a_newer_schema_version_is_refused_and_left_alone(extract: Callable[..., Result], older: Path) -> None:
    with closing(sqlite3.connect(older)) as connection:
        connection.execute("pragma user_version = 99")
    before = older.read_bytes()
    result = extract("clock")
    assert result.exit_code == 1
    assert "has schema version 99" in result.stderr
    assert "Update emby-elt" in result.stderr
    assert older.read_bytes() == before


def test_a_database_without_raw_tables_gets_them(database: Path, query: Callable[[str], Rows]) -> None:
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("create table mine (x)")
    with Warehouse(database):
        pass
    assert ("mine",) in query("select name from sqlite_master")
    assert query("pragma user_version") == [(SCHEMA_VERSION,)]
    assert list(database.parent.glob("*.schema-*")) == []
