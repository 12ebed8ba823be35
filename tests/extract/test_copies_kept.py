"""What a backup and a restore keep, and whose copies they leave alone."""

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from filelock import FileLock

from extract.landing.copies import copy_beside, files_of
from extract.landing.lock import only_one
from extract.landing.raw_tables import ITEMS, SCHEMA_VERSION, TAUTULLI_PLAYS, WATCH_EVENTS
from extract.landing.warehouse import Warehouse
from tests.environment import PROJECT, environment
from tests.extract.test_copies import Extract, Query, backed_up, copies_in, load
from tests.extract.test_migrations import DUMPS


def items(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        (number,) = connection.execute("select count(*) from raw_emby_items").fetchone()
    return int(number)


def kept(database: Path, label: str) -> list[Path]:
    found = database.parent.glob(f"*.{label}*")
    return sorted(path for path in found if not path.name.endswith(("-wal", "-shm", "-journal")))


def test_every_version_that_a_restore_replaces_is_kept(extract: Extract, database: Path) -> None:
    copy = backed_up(extract, database)
    for number in range(2, 5):
        load(database, *map(str, range(number)), at=f"2025-01-0{number} 00:00:00")
        assert extract("restore", "--force", str(copy)).exit_code == 0
    assert sorted(map(items, kept(database, "before-restore"))) == [2, 3, 4]


def test_every_damaged_database_is_kept(extract: Extract, database: Path) -> None:
    copy = backed_up(extract, database)
    for word in ("one ", "two ", "three "):
        database.write_text(word * 500, encoding="utf-8")
        assert extract("restore", "--force", str(copy)).exit_code == 0
    words = {path.read_text(encoding="utf-8").split()[0] for path in kept(database, "damaged")}
    assert words == {"one", "two", "three"}


def test_the_copy_that_a_restore_made_brings_the_newest_back_without_force(extract: Extract, database: Path) -> None:
    copy = backed_up(extract, database)
    load(database, "1", "2", at="2025-01-02 00:00:00")
    assert extract("restore", "--force", str(copy)).exit_code == 0
    (newest,) = kept(database, "before-restore")
    result = extract("restore", str(newest))
    assert result.exit_code == 0, result.output
    assert items(database) == 2


def test_a_copy_beside_the_database_takes_a_name_that_is_free(database: Path) -> None:
    load(database, "1", at="2025-01-01 00:00:00")
    Path(f"{database}.schema-1").write_text("a note", encoding="utf-8")
    Path(f"{database}.schema-1-3-wal").touch()
    assert [copy_beside(database, "schema-1").name for _ in range(2)] == [
        "warehouse.db.schema-1-2",
        "warehouse.db.schema-1-4",
    ]
    assert Path(f"{database}.schema-1").read_text(encoding="utf-8") == "a note"


def test_a_migration_keeps_the_copy_that_an_earlier_one_made(database: Path) -> None:
    for _ in range(2):
        database.unlink(missing_ok=True)
        with closing(sqlite3.connect(database)) as connection:
            connection.executescript(DUMPS[0].read_text(encoding="utf-8"))
        with Warehouse(database):
            pass
    assert [path.name for path in kept(database, "schema-")] == ["warehouse.db.schema-1", "warehouse.db.schema-1-2"]


def test_a_copy_under_the_name_that_earlier_migrations_gave_stays_and_can_be_restored(
    extract: Extract, database: Path, query: Query
) -> None:
    former = Path(f"{database}.layout-2")
    for path, dump in ((former, DUMPS[1]), (database, DUMPS[2])):
        with closing(sqlite3.connect(path)) as connection:
            connection.executescript(dump.read_text(encoding="utf-8"))
    content = former.read_bytes()
    with Warehouse(database):
        pass
    assert [path.name for path in kept(database, "schema-")] == ["warehouse.db.schema-3"]
    assert former.read_bytes() == content
    result = extract("restore", "--force", str(former))
    assert result.exit_code == 0, result.output
    assert query("pragma user_version") == [(2,)]
    with Warehouse(database):
        pass
    assert query("pragma user_version") == [(SCHEMA_VERSION,)]


@pytest.mark.parametrize(("year_of_copy", "year_after"), [("2099", "2025"), ("2025", "2099")])
def test_newer_is_what_recorded_more_whatever_the_clocks_say(
    extract: Extract, database: Path, year_of_copy: str, year_after: str
) -> None:
    load(database, "1", at=f"{year_of_copy}-01-01 00:00:00")
    assert extract("backup").exit_code == 0
    (copy,) = copies_in(database.parent / "backups")
    load(database, "1", "2", at=f"{year_after}-01-02 00:00:00")
    result = extract("restore", str(copy))
    assert result.exit_code == 1
    latest = max(f"{year_of_copy}-01-01", f"{year_after}-01-02")
    for part in ("2 steps", f"{year_of_copy}-01-01", latest, "the database is newer", "--force"):
        assert part in result.stderr
    assert result.stderr.count("0 observations") == 2
    assert items(database) == 2


def test_databases_that_share_a_folder_never_delete_each_others_copies(tmp_path: Path, extract: Extract) -> None:
    folder = tmp_path / "copies"
    databases = [tmp_path / name for name in ("a/home.db", "b/home.db", "a/home-2.db", "a/home.sqlite", "a/[h]ome*.db")]
    for database in databases:
        database.parent.mkdir(exist_ok=True)
        load(database, "1", at="2025-01-01 00:00:00")
    for _ in range(2):
        for database in databases:
            assert extract("backup", "--keep", "1", "--folder", str(folder), "--database", str(database)).exit_code == 0
    assert len(copies_in(folder)) == len(databases)


def test_a_copy_carries_the_same_mark_by_whatever_name_the_database_is_called(tmp_path: Path, extract: Extract) -> None:
    database, link = tmp_path / "home.db", tmp_path / "link.db"
    load(database, "1", at="2025-01-01 00:00:00")
    link.symlink_to(database)
    for path in (str(database), str(link), "./home.db"):
        assert extract("backup", "--keep", "1", "--database", path).exit_code == 0
    (copy,) = copies_in(tmp_path / "backups")
    assert copy.name.split("-")[2] == "000003"


def load_events(database: Path, count: int) -> None:
    keys = ("source", "user_id", "item_id", "played_at_local", "play_duration_seconds", "pause_duration_seconds")
    rows = [
        dict.fromkeys(WATCH_EVENTS.received)
        | dict(zip(keys, ("query", "u1", "1", f"2025-01-01 00:00:{number:02}", "60", "0"), strict=True))
        for number in range(count)
    ]
    with Warehouse(database) as warehouse:
        warehouse.collect(WATCH_EVENTS, rows)
        warehouse.load([WATCH_EVENTS], "2025-01-01 00:00:00")


def load_tautulli(database: Path) -> None:
    with Warehouse(database) as warehouse:
        rows = [{"play_id": str(number), "row_hash": "h", "payload": "{}"} for number in range(9)]
        warehouse.collect(TAUTULLI_PLAYS, rows)
        warehouse.load([TAUTULLI_PLAYS], "2025-01-01 00:00:00")


@pytest.mark.parametrize("fill", [lambda database: load_events(database, 9), load_tautulli], ids=["events", "tautulli"])
def test_a_copy_that_holds_more_than_the_database_is_never_deleted(
    extract: Extract, database: Path, tmp_path: Path, fill: Callable[[Path], None]
) -> None:
    """The disk was not mounted, say, and a new database has begun in the place of the former."""
    folder = tmp_path / "elsewhere"
    backup = ("backup", "--keep", "2", "--folder", str(folder))
    fill(database)
    assert extract(*backup).exit_code == 0
    (full,) = copies_in(folder)
    for path in files_of(database):
        path.unlink(missing_ok=True)
    load_events(database, 1)
    assert extract(*backup).exit_code == 0
    for _ in range(3):
        result = extract(*backup)
        assert result.exit_code == 1
        assert f"because they hold more plays than the database now: {full}." in result.stderr
    assert full.exists()
    assert len(copies_in(folder)) == 3, "of the new database as many stay as were asked for"


def test_an_outdated_copy_that_cannot_be_read_is_kept(extract: Extract, database: Path) -> None:
    load_events(database, 1)
    backup = ("backup", "--keep", "1")
    assert extract(*backup).exit_code == 0
    (copy,) = copies_in(database.parent / "backups")
    with closing(sqlite3.connect(copy)) as other:
        other.execute("begin exclusive")
        result = extract(*backup)
    assert result.exit_code == 1
    assert f"the outdated {copy} could not be deleted: database is locked" in result.stderr
    assert copy.exists()
    copy.write_bytes(b"garbage")
    assert extract(*backup).exit_code == 0
    assert not copy.exists()


@pytest.mark.parametrize("state", ["missing", "empty"])
def test_a_lost_database_is_not_begun_anew_over_what_sqlite_left_of_it(
    extract: Extract, database: Path, state: str
) -> None:
    log = Path(f"{database}-wal")
    with Warehouse(database):
        content = log.read_bytes()
        assert content
        database.unlink()
        log.write_bytes(content)
    log.write_bytes(content)
    if state == "empty":
        database.touch()
    result = extract("clock")
    assert result.exit_code == 1
    assert f"{database} is missing or empty, but {log.name} beside it holds what was written last" in result.stderr
    assert log.read_bytes() == content


@pytest.mark.parametrize("state", ["missing", "empty"])
def test_a_lost_database_is_not_begun_anew_beside_its_copies(
    extract: Extract, database: Path, tmp_path: Path, state: str
) -> None:
    load(database, "1", at="2025-01-01 00:00:00")
    assert extract("backup").exit_code == 0
    (copy,) = copies_in(database.parent / "backups")
    for path in files_of(database):
        path.unlink(missing_ok=True)
    if state == "empty":
        database.touch()
    result = extract("clock")
    assert result.exit_code == 1
    assert f"make restore FILE={copy}" in result.stderr
    assert "fault    database:" in extract("doctor").stdout
    assert not (database.exists() and database.stat().st_size)
    copy.parent.rename(tmp_path / "away")
    assert extract("clock").exit_code == 0


def test_what_a_killed_backup_left_is_gone_after_the_next(extract: Extract, database: Path) -> None:
    load(database, "1", at="2025-01-01 00:00:00")
    folder = database.parent / "backups"
    # Killed by the system in the middle of the copy.
    script = (
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "from extract.landing import copies\n"
        "copies.NAME_FORMAT = sys.argv[3]\n"
        "copies.check = lambda path, copy_of: os.kill(os.getpid(), signal.SIGKILL)\n"
        "copies.make_backup(Path(sys.argv[1]), Path(sys.argv[2]), 7)\n"
    )
    for time in ("20250101T000000", "20250102T000000"):
        command = [sys.executable, "-c", script, str(database), str(folder), time]
        assert subprocess.run(command, env=environment(), cwd=PROJECT, check=False).returncode == -9
        (unfinished,) = folder.iterdir()
        assert unfinished.name.endswith(".unfinished")
    for ending in ("-journal", "-wal", "-shm"):
        unfinished.with_name(unfinished.name + ending).write_text("left", encoding="utf-8")
    assert extract("backup").exit_code == 0
    assert list(folder.iterdir()) == copies_in(folder)


def test_a_second_backup_of_a_database_says_that_one_is_being_made(extract: Extract, database: Path) -> None:
    load(database, "1", at="2025-01-01 00:00:00")
    with FileLock(f"{database}.backup.lock"):
        result = extract("backup")
    assert result.exit_code == 1
    assert "Another backup of" in result.stderr
    assert not (database.parent / "backups").exists()
    with only_one(database):
        assert extract("backup").exit_code == 0, "an extractor is in no backup's way"


def test_what_sqlite_left_beside_a_lost_database_is_no_part_of_the_restored_one(
    extract: Extract, database: Path, query: Query
) -> None:
    copy = backed_up(extract, database)
    with Warehouse(database) as warehouse:
        warehouse.collect(ITEMS, [{"item_id": "2", "item_type": "Movie", "payload": "{}"}])
        warehouse.load([ITEMS], "2025-01-02 00:00:00")
        log = Path(f"{database}-wal").read_bytes()
    database.unlink()
    Path(f"{database}-wal").write_bytes(log)
    result = extract("restore", str(copy))
    assert result.exit_code == 0
    assert query("select item_id from raw_emby_items") == [("1",)]
    (aside,) = database.parent.glob("*.damaged-*-wal")
    assert aside.read_bytes() == log
    assert f"What was there before is {aside}." in result.stdout


def test_a_database_that_is_in_use_is_not_taken_for_a_damaged_one(extract: Extract, database: Path) -> None:
    copy = backed_up(extract, database)
    with closing(sqlite3.connect(database)) as other:
        other.execute("pragma journal_mode = delete")
        other.execute("begin exclusive")
        result = extract("restore", "--force", str(copy))
    assert result.exit_code == 1
    assert "locked" in result.stderr
    assert kept(database, "damaged") == []
