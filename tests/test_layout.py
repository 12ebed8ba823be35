"""A database of an older layout is brought up to date, a newer one is refused."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import Result

from extract import layout
from extract.errors import WarehouseError
from extract.raw_tables import LAYOUT_VERSION, RAW_TABLES
from extract.warehouse import Warehouse
from tests.environment import Rows

# The layout of the first release, as it was.
LAYOUT_1 = """
create table raw_emby_items (item_id text not null, item_type text, payload text not null, first_loaded_at text,
    last_loaded_at text, removed_at text, primary key (item_id));
create table raw_emby_watch_events (user_id text not null, item_id text not null, played_at_local text not null,
    item_name text, item_type text, duration_seconds text, user_name text, remote_address text, first_loaded_at text,
    last_loaded_at text, primary key (user_id, item_id, played_at_local)) without rowid;
create table raw_extract_runs (run_id text not null, step text not null, started_at text, finished_at text,
    status text, rows_read integer, rows_inserted integer, rows_updated integer, rows_removed integer,
    rows_rejected integer, error text, primary key (run_id, step));
insert into raw_emby_watch_events values
    ('u1', '1', '2025-01-01 00:00:00', 'A film', 'Movie', '600', 'ann', null, 'then', 'then');
"""
EVENT = (
    "select source, user_id, played_at_local, play_duration_seconds, pause_duration_seconds, user_name, "
    "first_loaded_at, load_id from raw_emby_watch_events"
)
OBSERVATION = ("archive", "u1", "2025-01-01 00:00:00", "600", "", "ann", "then", 1)


@pytest.fixture
def older(database: Path) -> Path:
    with closing(sqlite3.connect(database)) as connection:
        connection.executescript(LAYOUT_1)
    return database


def test_an_older_layout_is_brought_up_to_date(older: Path, query: Callable[[str], Rows]) -> None:
    with Warehouse(older):
        pass
    assert query("pragma user_version") == [(LAYOUT_VERSION,)]
    assert query(EVENT) == [OBSERVATION]
    for table in RAW_TABLES:
        assert {name for (name,) in query(f"select name from pragma_table_info('{table.name}')")} == set(table.columns)


def test_a_copy_of_the_older_one_is_kept(older: Path) -> None:
    with Warehouse(older):
        pass
    with closing(sqlite3.connect(f"{older}.layout-1")) as connection:
        assert connection.execute("select count(*) from raw_emby_watch_events").fetchone() == (1,)
        assert connection.execute("pragma user_version").fetchone() == (0,)


def test_a_change_of_layout_that_fails_leaves_the_older_one(
    older: Path, query: Callable[[str], Rows], monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = layout.STEPS_FROM[1]
    monkeypatch.setitem(layout.STEPS_FROM, 1, (*steps, "alter table nosuch add column x"))
    with pytest.raises(WarehouseError, match="nosuch"):
        Warehouse(older)
    assert query("pragma user_version") == [(0,)]
    assert "pause_seconds" not in str(query("select sql from sqlite_master"))
    monkeypatch.setitem(layout.STEPS_FROM, 1, steps)
    with Warehouse(older):
        pass
    assert query(EVENT) == [OBSERVATION]


def test_a_newer_layout_is_refused_and_left_alone(extract: Callable[..., Result], older: Path) -> None:
    with closing(sqlite3.connect(older)) as connection:
        connection.execute("pragma user_version = 99")
    before = older.read_bytes()
    result = extract("clock")
    assert result.exit_code == 1
    assert "has layout 99" in result.stderr
    assert "Update emby-elt" in result.stderr
    assert older.read_bytes() == before


def test_a_database_without_raw_tables_gets_them(database: Path, query: Callable[[str], Rows]) -> None:
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("create table mine (x)")
    with Warehouse(database):
        pass
    assert ("mine",) in query("select name from sqlite_master")
    assert query("pragma user_version") == [(LAYOUT_VERSION,)]
    assert list(database.parent.glob("*.layout-*")) == []
