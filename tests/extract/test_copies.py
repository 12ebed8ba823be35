"""Backups of the database, and what a restore does not do."""

import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import Result

from extract.landing.raw_tables import ITEMS
from extract.landing.warehouse import Warehouse
from tests.environment import Rows

Extract = Callable[..., Result]
Query = Callable[[str], Rows]


def load(database: Path, *item_ids: str, at: str) -> None:
    with Warehouse(database) as warehouse:
        warehouse.collect(ITEMS, [{"item_id": i, "item_type": "Movie", "payload": "{}"} for i in item_ids])
        warehouse.load([ITEMS], at)
        warehouse.record_step({"run_id": at, "step": "items", "status": "ok", "started_at": at, "finished_at": at})


def copies_in(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.backup"))


def test_a_copy_holds_what_the_database_held(extract: Extract, database: Path) -> None:
    load(database, "1", "2", at="2025-01-01 00:00:00")
    result = extract("backup")
    assert result.exit_code == 0, result.output
    (copy,) = copies_in(database.parent / "backups")
    assert str(copy) in result.stdout
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("pragma integrity_check").fetchone() == ("ok",)
        assert connection.execute("select count(*) from raw_emby_items").fetchone() == (2,)
    assert [path.name for path in copy.parent.iterdir()] == [copy.name], "one file, and no log beside it"


def test_the_last_few_copies_stay_in_the_order_in_which_they_were_made(
    extract: Extract, database: Path, tmp_path: Path
) -> None:
    load(database, "1", at="2025-01-01 00:00:00")
    folder = tmp_path / "copies"
    assert extract("backup", "--folder", str(folder)).exit_code == 0
    (first,) = copies_in(folder)
    ahead = first.rename(folder / f"{first.name.rpartition('-')[0]}-20990101T000000.backup")
    former = [folder / name for name in ("warehouse-20250101T000000.backup", "warehouse-by-hand.backup")]
    for path in former:
        path.touch()
    for _ in range(3):
        assert extract("backup", "--folder", str(folder), "--keep", "2").exit_code == 0
    assert not ahead.exists(), "a clock that was ahead makes no copy the newest"
    assert all(path.exists() for path in former)
    numbers = [path.name.split("-")[2] for path in copies_in(folder) if path not in former]
    assert numbers == ["000003", "000004"]


def test_a_copy_is_consistent_while_others_write(extract: Extract, database: Path) -> None:
    load(database, "0", at="2025-01-01 00:00:00")
    stop = threading.Event()

    def write() -> None:
        connection = sqlite3.connect(database, timeout=60)
        number = 0
        while not stop.is_set():
            number += 1
            with connection:
                for table in ("raw_name_hashes", "raw_name_spellings"):
                    connection.execute(f"insert into {table} values (?, ?)", (f"{number}", number))
        connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        results = [extract("backup", "--keep", "100") for _ in range(3)]
    finally:
        stop.set()
        writer.join()
    assert [result.exit_code for result in results] == [0, 0, 0]
    for copy in copies_in(database.parent / "backups"):
        with closing(sqlite3.connect(copy)) as connection:
            hashes, spellings = (
                connection.execute(f"select count(*) from {table}").fetchone()
                for table in ("raw_name_hashes", "raw_name_spellings")
            )
        assert hashes == spellings


def test_a_damaged_database_is_named_and_not_its_unfinished_copy(extract: Extract, database: Path) -> None:
    load(database, *map(str, range(5_000)), at="2025-01-01 00:00:00")
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("pragma wal_checkpoint(truncate)")
    pages = bytearray(database.read_bytes())
    pages[len(pages) // 2 : len(pages) // 2 + 4_096] = b"x" * 4_096
    database.write_bytes(pages)
    result = extract("backup")
    assert result.exit_code == 1
    assert f"The copy of {database} is " in result.stderr
    assert "unfinished" not in result.stderr


def test_there_is_nothing_to_copy(extract: Extract, database: Path) -> None:
    result = extract("backup")
    assert result.exit_code == 1
    assert "There is no database at" in result.stderr
    assert not database.exists()


def backed_up(extract: Extract, database: Path) -> Path:
    load(database, "1", at="2025-01-01 00:00:00")
    assert extract("backup").exit_code == 0
    (copy,) = copies_in(database.parent / "backups")
    return copy


def test_a_copy_can_be_put_back(extract: Extract, database: Path, query: Query) -> None:
    copy = backed_up(extract, database)
    for ending in ("", "-wal", "-shm"):
        Path(f"{database}{ending}").unlink(missing_ok=True)
    assert extract("restore", str(copy)).exit_code == 0
    assert query("select item_id from raw_emby_items") == [("1",)]


def test_a_copy_can_be_put_in_the_place_of_an_empty_file(extract: Extract, database: Path, query: Query) -> None:
    copy = backed_up(extract, database)
    for ending in ("", "-wal", "-shm"):
        Path(f"{database}{ending}").unlink(missing_ok=True)
    database.touch()
    assert extract("restore", str(copy)).exit_code == 0
    assert query("select item_id from raw_emby_items") == [("1",)]


def test_a_newer_database_is_not_overwritten_without_force(extract: Extract, database: Path, query: Query) -> None:
    copy = backed_up(extract, database)
    load(database, "1", "2", at="2025-01-02 00:00:00")
    result = extract("restore", str(copy))
    assert result.exit_code == 1
    assert "the database is newer" in result.stderr
    assert "--force" in result.stderr
    assert query("select count(*) from raw_emby_items") == [(2,)]
    result = extract("restore", "--force", str(copy))
    assert result.exit_code == 0, result.output
    assert query("select count(*) from raw_emby_items") == [(1,)]
    (kept,) = database.parent.glob("*.before-restore-*")
    with closing(sqlite3.connect(kept)) as connection:
        assert connection.execute("select count(*) from raw_emby_items").fetchone() == (2,)


def test_a_reader_does_not_notice_a_restore_before_its_end(extract: Extract, database: Path) -> None:
    copy = backed_up(extract, database)
    load(database, "1", "2", at="2025-01-01 00:00:00")
    with closing(sqlite3.connect(database)) as reader:
        reader.execute("begin")
        assert reader.execute("select count(*) from raw_emby_items").fetchone() == (2,)
        assert extract("restore", str(copy)).exit_code == 0
        assert reader.execute("select count(*) from raw_emby_items").fetchone() == (2,)
        reader.rollback()
        assert reader.execute("select count(*) from raw_emby_items").fetchone() == (1,)


@pytest.mark.parametrize("damage", ["cut", "letter", "another", "missing"])
def test_a_copy_that_is_damaged_or_none_of_ours_is_refused(
    extract: Extract, database: Path, query: Query, damage: str
) -> None:
    copy = backed_up(extract, database)
    if damage == "cut":
        copy.write_bytes(copy.read_bytes()[:-8192])
    elif damage == "letter":
        copy.write_text("a letter to my aunt" * 100, encoding="utf-8")
    else:
        copy.unlink()
        if damage == "another":
            with closing(sqlite3.connect(copy)) as connection:
                connection.execute("create table songs (title)")
    result = extract("restore", "--force", str(copy))
    assert result.exit_code == 1
    assert str(copy) in result.stderr
    assert query("select item_id from raw_emby_items") == [("1",)]


def test_a_damaged_database_is_kept_aside_and_replaced_with_force(
    extract: Extract, database: Path, query: Query
) -> None:
    copy = backed_up(extract, database)
    database.write_text("a letter to my aunt" * 100, encoding="utf-8")
    refused = extract("restore", str(copy))
    assert refused.exit_code == 1
    assert "--force moves it aside" in refused.stderr
    assert extract("restore", "--force", str(copy)).exit_code == 0
    assert query("select item_id from raw_emby_items") == [("1",)]
    (kept,) = (p for p in database.parent.glob("*.damaged-*") if not p.name.endswith(("-wal", "-shm")))
    assert kept.read_text(encoding="utf-8").startswith("a letter")


def test_a_copy_of_an_older_version_with_pages_of_another_size_is_restored(
    extract: Extract, database: Path, query: Query
) -> None:
    load(database, "1", at="2025-01-01 00:00:00")
    extract("backup")
    (copy,) = copies_in(database.parent / "backups")
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute("pragma page_size = 4096")
        connection.execute("vacuum")
    load(database, "1", "2", at="2025-01-02 00:00:00")
    with closing(sqlite3.connect(database)) as reader:
        reader.execute("begin")
        reader.execute("select * from raw_emby_items").fetchone()
        refused = extract("restore", "--force", str(copy))
    assert refused.exit_code == 1
    assert "locked" in refused.stderr
    assert query("select count(*) from raw_emby_items") == [(2,)]
    assert extract("restore", "--force", str(copy)).exit_code == 0
    assert query("select count(*) from raw_emby_items") == [(1,)]
    assert query("pragma page_size") == [(4096,)]
    assert query("pragma journal_mode") == [("wal",)]
