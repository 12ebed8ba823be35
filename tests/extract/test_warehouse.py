import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from extract.errors import WarehouseError
from extract.landing.merge import Counts
from extract.landing.raw_tables import EXTRACT_RUNS, ITEMS, RAW_TABLES, TMDB_GENRES, WATCH_EVENTS, RawTable
from extract.landing.warehouse import Warehouse
from tests.environment import Rows

Row = dict[str, Any]
Query = Callable[[str], Rows]

FIRST, SECOND = "2025-01-01 00:00:00", "2025-01-02 00:00:00"


def load(database: Path, table: RawTable, rows: list[Row], at: str = FIRST) -> Counts:
    with Warehouse(database) as warehouse:
        warehouse.collect(table, rows)
        return warehouse.load([table], at)[table.name]


def item(item_id: str, payload: str = "{}") -> Row:
    return {"item_id": item_id, "item_type": "Movie", "payload": payload}


def event(duration: str, **fields: Any) -> Row:
    return {
        "user_id": "u1",
        "item_id": "1",
        "played_at_local": "2025-01-01 10:00:00",
        "source": "query",
        "play_duration_seconds": duration,
        "pause_duration_seconds": "",
        "item_name": "A film",
        "item_type": "Movie",
        "user_name": "ann",
        "remote_address": "192.168.1.2",
        **dict.fromkeys(("playback_method", "client_name", "device_name", "transcode_reasons")),
        **fields,
    }


def test_every_table_is_made_as_declared(database: Path, query: Query) -> None:
    with Warehouse(database):
        pass
    for table in RAW_TABLES:
        columns = query(f"select name, pk from pragma_table_info('{table.name}')")
        assert [name for name, _ in columns] == list(table.columns)
        assert {name for name, position in columns if position} == set(table.key)


def test_a_first_load_inserts_and_a_second_changes_nothing_but_times(database: Path, query: Query) -> None:
    rows = [item("1"), item("2")]
    assert load(database, ITEMS, rows) == Counts(inserted=2)
    assert load(database, ITEMS, rows, SECOND) == Counts()
    assert query("select * from raw_emby_items") == [
        ("1", "Movie", "{}", FIRST, SECOND, None, 1),
        ("2", "Movie", "{}", FIRST, SECOND, None, 1),
    ]


def test_a_changed_row_is_updated(database: Path, query: Query) -> None:
    load(database, ITEMS, [item("1")])
    assert load(database, ITEMS, [item("1", '{"Name": "new"}')], SECOND) == Counts(updated=1)
    assert query("select payload, first_loaded_at from raw_emby_items") == [('{"Name": "new"}', FIRST)]


def test_a_row_has_the_number_of_the_load_that_changed_it(database: Path, query: Query) -> None:
    numbers = "select group_concat(change_number) from (select change_number from raw_emby_items order by item_id)"
    load(database, ITEMS, [item("1"), item("2"), item("3")])
    load(database, ITEMS, [item("1"), item("2", '{"Name": "new"}')], FIRST)
    assert query(numbers) == [("1,2,2",)], "the second changed one and removed another"
    load(database, ITEMS, [item("1"), item("2", '{"Name": "new"}'), item("4")], FIRST)
    assert query(numbers) == [("1,2,2,3",)]


def test_a_row_that_was_changed_by_hand_has_a_negative_number_until_the_next_load(database: Path, query: Query) -> None:
    load(database, ITEMS, [item("1"), item("2")])
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("update raw_emby_items set payload = '[]' where item_id = '1'")
    assert query("select change_number from raw_emby_items order by item_id") == [(-1,), (1,)]
    load(database, ITEMS, [item("2")], SECOND)
    assert query("select change_number from raw_emby_items order by item_id") == [(2,), (1,)]


def test_what_a_listing_lacks_is_marked_and_comes_back(database: Path, query: Query) -> None:
    load(database, ITEMS, [item("1"), item("2")])
    assert load(database, ITEMS, [item("1")], SECOND) == Counts(removed=1)
    assert query("select item_id, removed_at from raw_emby_items") == [("1", None), ("2", SECOND)]
    third = "2025-01-03 00:00:00"
    assert load(database, ITEMS, [item("1")], third) == Counts()
    assert query("select removed_at from raw_emby_items where item_id = '2'") == [(SECOND,)]
    assert load(database, ITEMS, [item("1"), item("2")], third) == Counts(updated=1)
    assert query("select item_id, first_loaded_at, removed_at from raw_emby_items") == [
        ("1", FIRST, None),
        ("2", FIRST, None),
    ]


def test_of_a_list_that_is_replaced_nothing_old_remains(database: Path, query: Query) -> None:
    genres = [{"media_type": "tv", "genre_id": number, "genre_name": "G"} for number in (1, 2)]
    load(database, TMDB_GENRES, genres)
    assert load(database, TMDB_GENRES, genres[1:], SECOND) == Counts(removed=1)
    assert query("select * from raw_tmdb_genres") == [("tv", 2, "G", SECOND)]


def test_an_observation_is_never_deleted_and_never_updated(database: Path, query: Query) -> None:
    load(database, WATCH_EVENTS, [event("5")])
    assert load(database, WATCH_EVENTS, [], SECOND) == Counts()
    assert load(database, WATCH_EVENTS, [event("5", user_name="unknown")], SECOND) == Counts()
    assert query("select play_duration_seconds, user_name, first_loaded_at, load_id from raw_emby_watch_events") == [
        ("5", "ann", FIRST, 1)
    ]


@pytest.mark.parametrize("in_one_answer", [True, False])
@pytest.mark.parametrize(
    "difference",
    [
        {"play_duration_seconds": "6"},
        {"pause_duration_seconds": "1"},
        {"source": "playlist"},
        {"played_at_local": "2025-01-01 10:00:00.5"},
        {"user_id": "u2"},
        {"item_id": "2"},
    ],
    ids=str,
)
def test_what_differs_in_the_key_is_another_observation(
    database: Path, query: Query, difference: dict[str, str], *, in_one_answer: bool
) -> None:
    first, second = event("5"), event("5", **difference)
    if in_one_answer:
        assert load(database, WATCH_EVENTS, [first, second, first]) == Counts(inserted=2)
    else:
        assert load(database, WATCH_EVENTS, [first]) == Counts(inserted=1)
        assert load(database, WATCH_EVENTS, [first, second], SECOND) == Counts(inserted=1)
        assert query("select load_id, first_loaded_at from raw_emby_watch_events order by 1") == [
            (1, FIRST),
            (2, SECOND),
        ]
    assert query("select count(*) from raw_emby_watch_events") == [(2,)]


def test_a_load_that_dies_leaves_the_table_as_it_was(database: Path, query: Query) -> None:
    load(database, ITEMS, [item("1")])

    def dying() -> Iterator[Row]:
        for number in range(5000):
            yield item(str(number))
        raise RuntimeError("the network is gone")

    with Warehouse(database) as warehouse:
        with pytest.raises(RuntimeError, match="the network is gone"):
            warehouse.collect(ITEMS, dying())
        assert query("select item_id, last_loaded_at, removed_at from raw_emby_items") == [("1", FIRST, None)]
        # And what was half collected is not part of the next load.
        warehouse.collect(ITEMS, [item("1"), item("2")])
        assert warehouse.load([ITEMS], SECOND)[ITEMS.name] == Counts(inserted=1)


def test_tables_of_one_load_change_together_or_not_at_all(database: Path, query: Query) -> None:
    with Warehouse(database) as warehouse:
        warehouse.collect(ITEMS, [item("1")])
        with pytest.raises(WarehouseError, match="incoming_raw_tmdb_genres"):
            warehouse.load([ITEMS, TMDB_GENRES], FIRST)
    assert query("select * from raw_emby_items") == []


def test_a_reader_is_not_in_the_way_and_sees_no_half_load(database: Path) -> None:
    load(database, ITEMS, [item("1")])
    reader = sqlite3.connect(database)
    reader.execute("begin")
    assert reader.execute("select count(*) from raw_emby_items").fetchone() == (1,)
    load(database, ITEMS, [item("1"), item("2")], SECOND)
    assert reader.execute("select count(*) from raw_emby_items").fetchone() == (1,)
    reader.rollback()
    assert reader.execute("select count(*) from raw_emby_items").fetchone() == (2,)
    reader.close()


def test_a_step_is_recorded(database: Path, query: Query) -> None:
    row = dict.fromkeys(EXTRACT_RUNS.columns) | {"run_id": "r1", "step": "items", "status": "ok", "rows_read": 3}
    with Warehouse(database) as warehouse:
        warehouse.record_step(row)
    assert query("select run_id, step, status, rows_read from raw_extract_runs") == [("r1", "items", "ok", 3)]


def test_a_file_that_is_no_database_is_told(database: Path) -> None:
    database.write_text("a letter to my aunt, which is long enough to be no empty database at all" * 20)
    with pytest.raises(WarehouseError, match="not a database"):
        Warehouse(database)


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(WarehouseError, match="WAREHOUSE_PATH"):
        Warehouse(tmp_path / "file" / "warehouse.db")
