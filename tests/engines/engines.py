"""Every engine that the models run on: how it is built, and how its rows are read."""

import json
import pickle
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Protocol

from tests.dbt import columns_of, run_dbt
from tests.engines.java import java, running_java
from tests.engines.needed import needed
from tests.engines.postgres_server import OWNER, Database, Server, running_server
from tests.environment import PROJECT, environment

# From here on an engine's text is its own: SQLite ends a text of JSON at NUL, PostgreSQL can hold none, and half a
# surrogate pair is no character. The raw tables of the tests have both nowhere but at the end of a text.
UNHELD = re.compile("[\0\ufffd].*", re.DOTALL)
# The unit tests of the models need no data, and so they run once on each engine.
WITHOUT_UNIT_TESTS = ("--exclude-resource-type", "unit_test")
# Rows that equal those of SQLite, where the data tests passed, pass them too.
TABLES_ALONE = (*WITHOUT_UNIT_TESTS, "--exclude-resource-type", "test")


class Engine(Protocol):
    """An engine besides SQLite."""

    def load(self, database: Path) -> dict[str, str]:
        """Bring the raw tables of a SQLite file to the engine, as its user would; return what dbt has to be told."""

    def rows(self, database: Path, table: str, columns: list[str]) -> Iterable[tuple[Any, ...]]:
        """Read a table that was built from that file."""


class DuckDb:
    """A file beside SQLite's; it reads the raw tables by itself."""

    def load(self, database: Path) -> dict[str, str]:  # noqa: ARG002 - others need it
        """Do nothing."""
        return {}

    def rows(self, database: Path, table: str, columns: list[str]) -> Iterable[tuple[Any, ...]]:
        """Read a table."""
        duckdb = needed("duckdb", "duckdb")
        with duckdb.connect(str(database.with_suffix(".duckdb")), read_only=True) as connection:
            rows: list[tuple[Any, ...]] = connection.execute(f"select {', '.join(columns)} from {table}").fetchall()
            return rows


class Postgres:
    """A server of its own, with a database for each SQLite file."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._databases: dict[Path, Database] = {}

    def load(self, database: Path) -> dict[str, str]:
        """Ship the raw tables to a database of that file."""
        if database not in self._databases:
            self._databases[database] = self._server.new_database()
        target = self._databases[database]
        ship(database, target.address())
        return {"PGHOST": str(target.folder), "PGUSER": OWNER, "PGDATABASE": target.name}

    def rows(self, database: Path, table: str, columns: list[str]) -> Iterable[tuple[Any, ...]]:
        """Read a table."""
        return self._databases[database].ask(f"select {', '.join(columns)} from emby_elt.{table}")


class Spark:
    """Spark in dbt's own process, with its tables in a folder beside SQLite's file."""

    def __init__(self, java: dict[str, str]) -> None:
        self._java = java
        self._read: dict[Path, dict[str, list[tuple[Any, ...]]]] = {}

    def load(self, database: Path) -> dict[str, str]:
        """Ship the raw tables to the folder in which Spark looks for them."""
        self._read.pop(database, None)
        ship(database, str(database.with_suffix(".shipped")))
        return self._java

    def rows(self, database: Path, table: str, columns: list[str]) -> Iterable[tuple[Any, ...]]:
        """Read a table, and with the first one all: it takes Spark longer to start than to read."""
        if database not in self._read:
            self._read[database] = self._all_rows(database)
        assert columns == marts(database)[table]
        return self._read[database][table]

    def _all_rows(self, database: Path) -> dict[str, list[tuple[Any, ...]]]:
        file = database.with_suffix(".rows")
        read = subprocess.run(
            [sys.executable, "-m", "tests.engines.spark_rows", str(file)],
            input=json.dumps(marts(database)),
            env=environment(WAREHOUSE_PATH=str(database), **self._java),
            capture_output=True,
            text=True,
            check=False,
        )
        assert read.returncode == 0, read.stderr[-5000:]
        rows: dict[str, list[tuple[Any, ...]]] = pickle.loads(file.read_bytes())  # noqa: S301 - our own
        return rows


@contextmanager
def serve(target: str) -> Iterator[Engine]:
    """Yield the engine of a target of dbt's profile, ready to be loaded. Without its packages a test is skipped."""
    if target == "duckdb":
        needed("dbt.adapters.duckdb", target)
        yield DuckDb()
    elif target == "postgres":
        needed("dbt.adapters.postgres", target)
        with running_server() as server:
            yield Postgres(server)
    elif target == "spark":
        needed("pyspark", target)
        with java() as variables, running_java(variables) as running:
            yield Spark(variables | running)
    else:
        raise ValueError(f"{target} is no engine besides SQLite: choose duckdb, postgres or spark")


def ship(database: Path, target: str) -> None:
    """Copy the raw tables to a target, as a user would."""
    command = [sys.executable, "-m", "extract", "ship", target]
    shipped = subprocess.run(
        command,
        cwd=PROJECT,
        env=environment(WAREHOUSE_PATH=str(database)),
        capture_output=True,
        text=True,
        check=False,
    )
    # What does not fit is told, and ends with another code than 0.
    assert "raw_emby_watch_events" in shipped.stdout, shipped.stderr


def build(database: Path, target: str, *arguments: str, settings: Mapping[str, str] | None = None) -> str:
    """Run `dbt build` on an engine, and return dbt's words, with which it fails if it fails."""
    folder = database.parent / f"target-{database.stem}-{target}"
    # SQLite is the default, and what was parsed for it is shared.
    named = () if target == "sqlite" else ("--target", target)
    ended = run_dbt(database, "build", *named, *arguments, target=folder, settings=settings)
    assert ended.returncode == 0, ended.stdout[-5000:]
    return ended.stdout


# No marts, and the first in which other programs' histories are told alike.
COMPARED_BESIDES = ("int_imported_plays_united", "int_imported_users_identified")


def marts(database: Path) -> dict[str, list[str]]:
    """Return the marts and reports of a SQLite file, with their columns, and what is compared besides."""
    with closing(sqlite3.connect(database)) as connection:
        names = connection.execute(
            "select name from sqlite_master where type in ('table', 'view') and name not like 'raw\\_%' escape '\\' "
            "and name not like 'stg\\_%' escape '\\' and name not like 'int\\_%' escape '\\' "
            f"and name not like 'sqlite%' and name <> 'builds' or name in {COMPARED_BESIDES}"
        ).fetchall()
        return {name: columns_of(connection, name) for (name,) in names}


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
