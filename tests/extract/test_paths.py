"""Where the database is, by whatever path, and who may read what is made."""

import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from extract.errors import ExtractError, SettingsError, WarehouseError
from extract.landing.copies import copy_beside, make_backup
from extract.landing.lock import only_one
from extract.landing.restore import restore_backup
from extract.landing.warehouse import Warehouse
from extract.settings import Settings
from tests.dbt import run_dbt
from tests.environment import environment
from tests.extract.test_copies import Extract, copies_in, load

LINE = "2025-08-20 20:00:00\tu1\t1\tMovie\tItem 1\tDirectPlay\tWeb\tFirefox\t600\n"
# What a URI, a pattern, SQL, a shell or YAML would take for a mark of its own.
ODD = "a b?c=1#d%41e'f\"g[h]i*j{k}é日&;$:"


@contextmanager
def umask(mask: int) -> Iterator[None]:
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "history.tsv"
    path.write_text(LINE, encoding="utf-8")
    return path


@pytest.mark.parametrize("name", ["link.db", "folder/warehouse.db", "./x/../warehouse.db"])
def test_one_extractor_at_a_time_by_whatever_name_the_database_is_called(
    extract: Extract, database: Path, tmp_path: Path, file: Path, name: str
) -> None:
    load(database, "1", at="2025-01-01 00:00:00")
    (tmp_path / "link.db").symlink_to(database)
    (tmp_path / "folder").symlink_to(tmp_path)
    (tmp_path / "x").mkdir()
    with only_one(database):
        result = extract("import-backup", str(file), "--database", name)
    assert result.exit_code == 1
    assert f"process {os.getpid()}, since " in result.stderr
    assert extract("import-backup", str(file), "--database", name).exit_code == 0
    assert not (tmp_path / "link.db.lock").exists()


def test_a_link_to_a_database_that_is_not_there_yet_leads_to_where_it_is_made(
    extract: Extract, database: Path, tmp_path: Path, file: Path
) -> None:
    link = tmp_path / "link.db"
    link.symlink_to(tmp_path / "disk" / "home.db")
    assert extract("import-backup", str(file), "--database", str(link)).exit_code == 0
    assert extract("backup", "--database", str(link)).exit_code == 0
    assert len(copies_in(tmp_path / "disk" / "backups")) == 1
    (tmp_path / "disk" / "home.db").write_text("a letter to my aunt" * 100, encoding="utf-8")
    (copy,) = copies_in(tmp_path / "disk" / "backups")
    assert extract("restore", "--force", str(copy), "--database", str(link)).exit_code == 0
    assert link.is_symlink()
    assert not database.exists()


@pytest.mark.parametrize("command", ["backup", "restore", "import-backup"])
def test_a_database_with_two_hard_links_is_refused(
    extract: Extract, database: Path, tmp_path: Path, file: Path, command: str
) -> None:
    load(database, "1", at="2025-01-01 00:00:00")
    copy = make_backup(database, tmp_path / "copies", 7).copy
    os.link(database, tmp_path / "other.db")
    arguments = {"backup": [], "restore": [str(copy)], "import-backup": [str(file)]}[command]
    result = extract(command, *arguments)
    assert result.exit_code == 1
    assert "2 names (hard links)" in result.stderr
    with pytest.raises(WarehouseError, match="hard links"):
        Warehouse(tmp_path / "other.db")


def test_a_copy_may_have_two_hard_links(extract: Extract, database: Path, tmp_path: Path) -> None:
    load(database, "1", at="2025-01-01 00:00:00")
    copy = make_backup(database, tmp_path / "copies", 7).copy
    os.link(copy, tmp_path / "second")
    assert extract("restore", str(copy)).exit_code == 0


def test_a_tilde_is_the_home_folder_in_every_path(extract: Extract, tmp_path: Path, file: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    file.rename(home / "history.tsv")
    settings = {"HOME": str(home), "WAREHOUSE_PATH": "~/data/x.db"}
    assert extract("import-backup", "~/history.tsv", **settings).exit_code == 0
    assert extract("import-backup", "~/history.tsv", "--database", "~/y.db", **settings).exit_code == 0
    assert extract("backup", "--folder", "~/copies", **settings).exit_code == 0
    (copy,) = copies_in(home / "copies")
    assert extract("restore", f"~/copies/{copy.name}", **settings).exit_code == 0
    assert (home / "data" / "x.db").is_file()
    assert (home / "y.db").is_file()
    assert not Path("~").exists()


def test_a_tilde_is_the_home_folder_in_files_of_secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("key", "token", "ca.pem"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    settings = Settings(
        {
            "EMBY_BASE_URL": "http://127.0.0.1:9",
            "EMBY_API_KEY_FILE": "~/key",
            "EMBY_CA_FILE": "~/ca.pem",
            "TMDB_READ_ACCESS_TOKEN_FILE": "~/token",
        }
    )
    emby, tmdb = settings.emby(), settings.tmdb()
    assert (emby.api_key, emby.verify) == ("key", str(tmp_path / "ca.pem"))
    assert tmdb and tmdb.read_access_token == "token"


@pytest.mark.parametrize("path", ["~nobody/x.db", "~x.db"])
def test_a_tilde_before_a_name_is_refused_in_words(extract: Extract, path: str) -> None:
    for result in (extract("backup", WAREHOUSE_PATH=path), extract("backup", "--database", path)):
        assert result.exit_code == 2
        assert f"./{path}" in " ".join(result.stderr.split())
        assert isinstance(result.exception, SystemExit)
    for settings in ({"EMBY_API_KEY_FILE": path}, {"EMBY_API_KEY": "key", "EMBY_CA_FILE": path}):
        with pytest.raises(SettingsError, match="home folder"):
            Settings({"EMBY_BASE_URL": "http://127.0.0.1:9", **settings}).emby()


def test_a_tilde_without_a_home_folder_is_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HOME")
    with pytest.raises(SettingsError, match="HOME is not set"):
        _ = Settings({"WAREHOUSE_PATH": "~/x.db"}).warehouse_path


def test_dbt_takes_a_tilde_for_the_home_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    database = tmp_path / "data" / "x.db"
    load_events(database)
    monkeypatch.setenv("HOME", str(tmp_path))
    ended = run_dbt(Path("~/data/x.db"), "run", "--select", "path:models/staging", target=tmp_path / "target")
    assert ended.returncode == 0, ended.stdout[-3000:]
    assert views(database)


def load_events(database: Path) -> None:
    """Make a database by the extractor, as a user would."""
    history = database.parent.parent / "history.tsv"
    history.write_text(LINE, encoding="utf-8")
    for arguments in (("clock",), ("import-backup", str(history))):
        ended = run(database, *arguments)
        assert ended.returncode == 0, ended.stderr


def run(database: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    ended = subprocess.run(
        [sys.executable, "-m", "extract", *arguments],
        env=environment(WAREHOUSE_PATH=str(database)),
        cwd=database.parent.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in ended.stderr
    return ended


def views(database: Path) -> int:
    with closing(sqlite3.connect(database)) as connection:
        (number,) = connection.execute("select count(*) from sqlite_master where type = 'view'").fetchone()
    return int(number)


def test_any_letter_may_stand_in_the_path_of_a_database(tmp_path: Path) -> None:
    database = tmp_path / ODD / f"{ODD}.db"
    load_events(database)
    history = tmp_path / ODD / f"{ODD}.tsv"
    history.write_text(LINE.replace("u1", "u2"), encoding="utf-8")
    for arguments in (
        ("import-backup", str(history)),
        ("backup", "--keep", "1"),
        ("backup", "--keep", "1"),
        ("backup", "--folder", str(tmp_path / "copies" / ODD)),
    ):
        ended = run(database, *arguments)
        assert ended.returncode == 0, ended.stderr
    (copy,) = copies_in(tmp_path / ODD / "backups")
    ended = run(database, "restore", str(copy))
    assert ended.returncode == 0, ended.stderr
    assert " is sound, with 2 events" in run(database, "doctor").stdout
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("select count(*) from raw_emby_watch_events").fetchone() == (2,)
    assert {path.name for path in tmp_path.iterdir()} == {ODD, "copies", "history.tsv"}


@pytest.mark.parametrize("holds", [ODD, "data"])
def test_dbt_builds_a_database_whose_path_holds_any_letter_and_attaches_no_other(tmp_path: Path, holds: str) -> None:
    database = tmp_path / holds / "[ab]*.db"
    load_events(database)
    # Where a pattern made of that path would look.
    for folder in ("a", "ax.db.schemas", "a.db.schemas", "[ab]*.db.schemas"):
        (tmp_path / holds / folder).mkdir()
        (tmp_path / holds / folder / "main.db").write_text("a letter to my aunt" * 100, encoding="utf-8")
    ended = run_dbt(database, "run")
    assert ended.returncode == 0, ended.stdout[-3000:]
    assert views(database)


def test_a_database_is_private_from_its_first_byte(database: Path) -> None:
    with umask(0), Warehouse(database):
        assert {path.name: mode(path) for path in database.parent.glob("warehouse.db*")} == {
            "warehouse.db": 0o600,
            "warehouse.db-wal": 0o600,
            "warehouse.db-shm": 0o600,
        }


def test_copies_lock_files_and_folders_are_private_whatever_the_umask(tmp_path: Path) -> None:
    database = tmp_path / "new" / "data" / "warehouse.db"
    with umask(0), only_one(database):
        load(database, "1", at="2025-01-01 00:00:00")
        copy = make_backup(database, tmp_path / "new" / "copies" / "here", 7).copy
        copy_beside(database, "schema-1")
        restore_backup(copy, database, force=False)
        restore_backup(copy, database.with_name("second.db"), force=False)
    made = list((tmp_path / "new").rglob("*"))
    assert len(made) >= 8
    assert {mode(path) for path in made if path.is_file()} == {0o600}
    assert {mode(path) for path in (tmp_path / "new", *made) if path.is_dir()} == {0o700}


@pytest.mark.parametrize("journal", ["delete", "wal"])
@pytest.mark.parametrize("statement", ["", "create table builds (status)"])
def test_a_database_that_dbt_made_becomes_private_before_anything_is_written(
    database: Path, journal: str, statement: str
) -> None:
    with umask(0o022), closing(sqlite3.connect(database)) as connection:
        connection.execute(f"pragma journal_mode = {journal}")
        connection.execute(statement)
        connection.commit()
        assert mode(database) == 0o644
        with Warehouse(database):
            assert {mode(path) for path in database.parent.glob("warehouse.db*")} == {0o600}


def test_a_database_with_content_keeps_the_mode_that_its_owner_gave_it(database: Path) -> None:
    load(database, "1", at="2025-01-01 00:00:00")
    database.chmod(0o640)
    with umask(0), Warehouse(database):
        assert mode(database) == 0o640
    copy = make_backup(database, database.parent / "backups", 7).copy
    restore_backup(copy, database, force=False)
    assert mode(database) == 0o640


@pytest.mark.parametrize("garbage", ["a letter to my aunt" * 100, "SQLite format 3\0" + "x" * 500])
def test_garbage_in_the_place_of_a_database_is_left_as_it_is(database: Path, garbage: str) -> None:
    database.write_text(garbage, encoding="utf-8")
    database.chmod(0o644)
    with pytest.raises(ExtractError, match="not a database"):
        Warehouse(database)
    assert database.read_text(encoding="utf-8") == garbage
    assert mode(database) == 0o644
