"""What is refused, each in a sentence, with nothing changed at the target and no password told."""

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import pytest
from click.testing import Result

from tests.engines.needed import needed
from tests.engines.postgres_server import GUARDED, PASSWORD, Database, Server
from tests.environment import environment
from tests.shipping import Target, change, in_database, in_postgres, load

Extract = Callable[..., Result]
NOWHERE = "postgresql://ann@127.0.0.1:9/emby"
SECRET = "hunter2hunter2"
LOADED_AT = "2025-01-01 00:00:00"


def refused(result: Result, *, code: int = 1) -> str:
    """Return the one sentence, or few, of a command that failed."""
    assert result.exit_code == code, result.output
    assert "Traceback" not in result.output
    assert result.stdout == ""
    assert len(result.stderr.splitlines()) == 1, result.stderr
    return result.stderr


def test_without_a_database_there_is_nothing_to_ship(extract: Extract, database: Path, target: Target) -> None:
    assert "There is no database at" in refused(extract("ship", target.name))
    assert not database.exists()


@pytest.mark.parametrize(
    "by_hand",
    ["drop table raw_emby_users", "pragma user_version = 3", "pragma user_version = 99", "delete from {table}"],
)
def test_what_cannot_be_shipped_leaves_the_target_as_it_was(
    extract: Extract, database: Path, target: Target, by_hand: str
) -> None:
    load(database, LOADED_AT, items=["1"], events=["a"])
    assert extract("ship", target.name).exit_code == 0
    before = in_database(database)
    for table in before if "{table}" in by_hand else [""]:
        change(database, by_hand.format(table=table))
    said = refused(extract("ship", target.name))
    assert any(
        word in said
        for word in ("no such table: raw_emby_users", "run make run first", "Update emby-elt", "Nothing was loaded")
    )
    assert target.held() == before


def test_a_database_that_was_never_loaded_does_not_empty_a_target(
    extract: Extract, database: Path, target: Target, tmp_path: Path
) -> None:
    load(database, LOADED_AT, events=["a"])
    assert extract("ship", target.name).exit_code == 0
    for other in (tmp_path / "empty.db", tmp_path / "other.db"):
        with closing(sqlite3.connect(other)) as connection:
            if other.stem == "other":
                connection.execute("create table letters (text)")
        assert "Nothing was loaded into" in refused(extract("ship", target.name, "--database", str(other)))
    (tmp_path / "letter.db").write_text("a letter to my aunt" * 100, encoding="utf-8")
    said = refused(extract("ship", target.name, "--database", str(tmp_path / "letter.db")))
    assert "file is not a database" in said
    assert target.held() == in_database(database)


@pytest.mark.parametrize(
    "address",
    [
        f"postgresql://ann:{SECRET}@127.0.0.1:9/emby",
        f"postgres://ann:{SECRET}@127.0.0.1/emby",
        f"POSTGRESQL://ann:{SECRET}@127.0.0.1/emby",
        f"postgresql://ann%3A{SECRET}@127.0.0.1:9/emby",
        f"postgresql://127.0.0.1:9/emby?user=ann&password={SECRET}",
        f"postgresql://127.0.0.1:9/emby?sslpassword={SECRET}",
        f"postgresql://ann:{SECRET}/x@127.0.0.1:9/emby",
        f"postgresql://ann:123/{SECRET}@127.0.0.1:9/emby",
        f"postgresql://ann:x@{SECRET}@127.0.0.1:9/emby",
        f"postgresql://ann:x#{SECRET}@127.0.0.1:9/emby",
        f"postgresql://ann:x?{SECRET}@127.0.0.1:9/emby",
        f"postgresql://[{SECRET}/emby",
        f"postgresql://127.0.0.1:9/emby?pasword={SECRET}",
        f"postgresql://127.0.0.1:{SECRET}/emby",
        f"postgresql://127.0.0.1:9/%zz{SECRET}",
        f"postgresql:/ann:{SECRET}@127.0.0.1:9/emby",
        f"postgresql//ann:{SECRET}@127.0.0.1:9/emby",
        f"postgresql+psycopg2://ann:{SECRET}@127.0.0.1:9/emby",
        f"mysql://ann:{SECRET}@127.0.0.1:9/emby",
        f"s3://bucket/{SECRET}",
        f"ann:{SECRET}@127.0.0.1/emby",
        f"file:///{SECRET}",
        f"postgresql://\udcff{SECRET}",
        f"folder-\udcff{SECRET}",
    ],
)
def test_an_address_that_cannot_be_one_or_holds_a_password_is_refused_without_being_printed(
    extract: Extract, database: Path, tmp_path: Path, address: str
) -> None:
    needed("psycopg2", "postgres")
    load(database, LOADED_AT, events=["a"])
    said = refused(extract("ship", address), code=2)
    assert SECRET not in said
    assert {path.name for path in tmp_path.iterdir()} == {path.name for path in tmp_path.glob("warehouse.db*")}


def test_a_password_in_an_address_is_told_where_to_go(extract: Extract, database: Path) -> None:
    needed("psycopg2", "postgres")
    load(database, LOADED_AT, events=["a"])
    said = refused(extract("ship", f"postgresql://ann:{SECRET}@127.0.0.1:9/emby"), code=2)
    assert "PGPASSWORD or ~/.pgpass" in said


def test_a_server_that_is_not_there_is_told(extract: Extract, database: Path, tmp_path: Path) -> None:
    needed("psycopg2", "postgres")
    load(database, LOADED_AT, events=["a"])
    said = refused(extract("ship", NOWHERE))
    assert "The database emby at 127.0.0.1:9 cannot be reached" in said
    assert "Connection refused" in said
    assert "The database at 127.0.0.1:9 cannot be reached" in refused(extract("ship", "postgres://ann@127.0.0.1:9"))
    assert "No such file" in refused(extract("ship", f"postgresql:///emby?host={tmp_path}"))
    assert "invalid port number" in refused(extract("ship", "postgresql://ann@127.0.0.1:99999/emby"))
    assert "could not translate" in refused(extract("ship", "postgresql://ann@nowhere.invalid/emby"))


def test_no_such_database_and_no_such_user_are_told(extract: Extract, database: Path, postgres: Database) -> None:
    load(database, LOADED_AT, events=["a"])
    said = refused(extract("ship", Database(postgres.folder, "nosuch").address()))
    assert 'database "nosuch" does not exist' in said
    assert 'role "nobody_here" does not exist' in refused(extract("ship", postgres.address("nobody_here")))


def test_a_password_comes_from_where_libpq_looks_and_is_never_told(
    extract: Extract, database: Path, postgres: Database, tmp_path: Path
) -> None:
    load(database, LOADED_AT, events=["a"])
    address, passwords = postgres.address(GUARDED), tmp_path / "pgpass"
    said = refused(extract("ship", address))
    assert "no password supplied" in said
    assert "PGPASSWORD or ~/.pgpass" in said
    said = refused(extract("ship", address, PGPASSWORD=SECRET))
    assert "password authentication failed" in said
    assert SECRET not in said
    result = extract("ship", address, PGPASSWORD=PASSWORD)
    assert result.exit_code == 0
    assert PASSWORD not in result.output
    passwords.write_text(f"*:*:*:{GUARDED}:{PASSWORD}\n", encoding="utf-8")
    passwords.chmod(0o600)
    assert extract("ship", address, PGPASSFILE=str(passwords)).exit_code == 0
    assert in_postgres(postgres) == in_database(database)


def test_a_password_that_is_also_the_name_of_what_is_told_is_masked(
    extract: Extract, database: Path, postgres: Database
) -> None:
    load(database, LOADED_AT, events=["a"])
    said = refused(extract("ship", Database(postgres.folder, SECRET).address(), PGPASSWORD=SECRET))
    assert SECRET not in said
    assert "***" in said


def test_a_password_is_not_in_the_list_of_processes(database: Path, postgres: Database) -> None:
    """The server shows what its sessions are called."""
    load(database, LOADED_AT, events=["a"])
    with closing(postgres.connect()) as holder, holder.cursor() as cursor:
        cursor.execute("begin")
        cursor.execute("select pg_advisory_xact_lock(%s)", [0x656D6279])
        ended = subprocess.run(
            [sys.executable, "-m", "extract", "ship", postgres.address(GUARDED)],
            env=environment(WAREHOUSE_PATH=str(database), PGPASSWORD=PASSWORD),
            capture_output=True,
            text=True,
            check=False,
        )
    assert ended.returncode == 1
    assert "Another ship to the database" in ended.stderr
    assert PASSWORD not in ended.stderr + ended.stdout


def test_a_database_that_may_not_be_written_to_is_told(extract: Extract, database: Path, postgres: Database) -> None:
    load(database, LOADED_AT, events=["a"])
    postgres.ask("create role reader login")
    assert "permission denied for database" in refused(extract("ship", postgres.address("reader")))
    assert extract("ship", postgres.address()).exit_code == 0
    postgres.ask("grant usage on schema emby_raw to reader")
    assert "permission denied for" in refused(extract("ship", postgres.address("reader")))
    assert in_postgres(postgres) == in_database(database)
    postgres.ask("drop owned by reader")
    postgres.ask("drop role reader")


def test_a_role_that_may_not_create_schemas_ships_into_one_that_was_made_for_it(
    extract: Extract, database: Path, postgres: Database
) -> None:
    load(database, LOADED_AT, events=["a"])
    postgres.ask("create role shipper login")
    postgres.ask("create schema emby_raw authorization shipper")
    result = extract("ship", postgres.address("shipper"))
    assert result.exit_code == 0, result.output
    assert in_postgres(postgres) == in_database(database)
    postgres.ask("drop owned by shipper")
    postgres.ask("drop role shipper")


def test_a_database_without_the_letters_of_titles_is_told(
    extract: Extract, database: Path, postgres_server: Server
) -> None:
    load(database, LOADED_AT, events=["a"])
    latin = postgres_server.new_database("template0", "LATIN1")
    said = refused(extract("ship", latin.address()))
    assert "has the encoding LATIN1" in said


@pytest.mark.parametrize(
    ("driver", "module", "name", "words"),
    [
        (
            "psycopg2",
            "extract.shipping.postgres",
            NOWHERE,
            "make install-postgres, or pip install 'emby-elt[postgres]'",
        ),
        ("duckdb", "extract.shipping.parquet", "shipped", "make install-duckdb, or pip install 'emby-elt[duckdb]'"),
    ],
)
def test_a_driver_that_is_not_installed_is_told(
    extract: Extract,
    database: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    driver: str,
    module: str,
    name: str,
    words: str,
) -> None:
    load(database, LOADED_AT, events=["a"])
    for imported in [known for known in sys.modules if known.startswith(("extract.shipping.post", module))]:
        monkeypatch.delitem(sys.modules, imported)
    monkeypatch.setitem(sys.modules, driver, None)
    assert words in refused(extract("ship", name))
    assert not (tmp_path / "shipped").exists()


@pytest.mark.parametrize(
    "place", ["{file}", "{file}/x", "/dev/null", "/proc/x", "{loop}", "{long}", "{full}", "~ann/x"]
)
def test_a_folder_that_cannot_be_one_or_holds_something_else_is_told(
    extract: Extract, database: Path, tmp_path: Path, place: str
) -> None:
    needed("duckdb", "duckdb")
    load(database, LOADED_AT, events=["a"])
    file, loop, full = tmp_path / "file", tmp_path / "loop", tmp_path / "full"
    file.write_text("mine", encoding="utf-8")
    loop.symlink_to(loop)
    full.mkdir()
    (full / "current").write_text("mine", encoding="utf-8")
    path = place.format(file=file, loop=loop, long="x" * 300, full=full)
    said = refused(extract("ship", path), code=2 if place.startswith("~") else 1)
    assert path in said
    assert file.read_text(encoding="utf-8") == "mine"
    assert [found.name for found in full.iterdir()] == ["current"]


def test_a_path_with_odd_characters_is_a_folder_like_any_other(
    extract: Extract, database: Path, tmp_path: Path
) -> None:
    needed("duckdb", "duckdb")
    load(database, LOADED_AT, events=["a"])
    for name in ("it's a folder", "50% *of* [it]?", "Ål{x}", "a/b/c", quote("ä b")):
        for _ in range(2):
            result = extract("ship", str(tmp_path / name))
            assert result.exit_code == 0, result.output
            assert result.stderr == ""
        assert "raw_emby_watch_events     1       0" in result.stdout
        snapshot = (tmp_path / name / "current").resolve()
        assert len(list((snapshot / "raw_emby_watch_events").iterdir())) == 1
