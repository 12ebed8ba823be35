"""The raw tables as they are at one moment, while an extractor may go on writing."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from extract.errors import WarehouseError
from extract.landing.integrity import open_to_read
from extract.landing.migrations import refuse_newer, schema_version_of
from extract.landing.paths import real_database
from extract.landing.raw_tables import FIRST_LOADED_AT, LOAD_ID, RAW_TABLES, SCHEMA_VERSION, RawTable
from extract.shipping.loads import Loads, loads_sql
from extract.shipping.values import Decoder

BATCH_ROWS = 1_000
# What sqlite3 says where a text is no UTF-8; the error has no code of its own.
NOT_DECODED = "Could not decode to UTF-8"

Row = tuple[Any, ...]


class Snapshot:
    """The raw tables in a read transaction. Made by `snapshot_of`."""

    def __init__(self, connection: sqlite3.Connection, database: Path) -> None:
        self._connection = connection
        self._database = database

    def count(self, table: RawTable) -> int:
        """Return how many rows a table has."""
        with self._explained():
            (count,) = self._connection.execute(f"select count(*) from {table.name}").fetchone()
            return int(count)

    def loads(self, table: RawTable) -> Loads:
        """Return the loads that filled an append-only table, with their rows and times."""
        # As they are shipped: what is no number is null, and a text is valid.
        relation = (
            f"(select {_load_of()} as {LOAD_ID}, cast({FIRST_LOADED_AT} as text) as {FIRST_LOADED_AT} "
            f"from {table.name})"
        )
        with self._explained(), self._decoding(Decoder()):
            return {load: (rows, *times) for load, rows, *times in self._connection.execute(loads_sql(relation))}

    def batches(self, table: RawTable, decoder: Decoder, loads: set[int | None] | None = None) -> Iterator[list[Row]]:
        """Yield all rows of a table, or those of some loads alone, in batches, as they are stored.

        Texts are valid UTF-8: `decoder` repairs those that are not, and counts them.
        """
        query = f"select {', '.join(table.columns)} from {table.name}"
        if loads is not None:
            numbers = ", ".join(str(load) for load in loads if load is not None)
            query += f" where {_load_of()} in ({numbers})" + (f" or {_load_of()} is null" if None in loads else "")
        done = 0
        with self._explained():
            try:
                for batch in self._fetch(query):
                    yield batch
                    done += len(batch)
            except sqlite3.OperationalError as error:
                if NOT_DECODED not in str(error):
                    raise
                # The rest through a decoder of our own, which takes twice as long. One snapshot: the order is the same.
                with self._decoding(decoder):
                    yield from self._fetch(f"{query} limit -1 offset {done}")

    def _fetch(self, query: str) -> Iterator[list[Row]]:
        rows = self._connection.execute(query)
        while batch := rows.fetchmany(BATCH_ROWS):
            yield batch

    @contextmanager
    def _decoding(self, decoder: Decoder) -> Iterator[None]:
        usual, self._connection.text_factory = self._connection.text_factory, decoder
        try:
            yield
        finally:
            self._connection.text_factory = usual

    @contextmanager
    def _explained(self) -> Iterator[None]:
        with _explained(self._database):
            yield


@contextmanager
def snapshot_of(database: Path) -> Iterator[Snapshot]:
    """Yield the raw tables of a database as they are now. Nothing that is written meanwhile shows in them.

    Raises: WarehouseError if there is no database, it cannot be read, has another schema version than this code, or
    holds nothing yet.
    """
    database = real_database(database)
    if not database.exists():
        raise WarehouseError(f"There is no database at {database} yet: run make run first. Nothing was shipped.")
    with _explained(database):
        connection = open_to_read(database)
    with closing(connection):
        with _explained(database):
            connection.execute("begin")
            version = schema_version_of(connection)
        refuse_newer(version, database)
        if 0 < version < SCHEMA_VERSION:
            raise WarehouseError(
                f"{database} is of an older version of emby-elt (schema version {version} of {SCHEMA_VERSION}): run "
                "make run first, which brings it up to date. Nothing was shipped."
            )
        snapshot = Snapshot(connection, database)
        # Of an empty one the most likely cause is a wrong path, and the target would be emptied.
        if not version or not any(snapshot.count(table) for table in RAW_TABLES):
            raise WarehouseError(f"Nothing was loaded into {database} yet: run make run first. Nothing was shipped.")
        yield snapshot


def _load_of() -> str:
    return f"case when typeof({LOAD_ID}) = 'integer' then {LOAD_ID} end"


@contextmanager
def _explained(database: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise WarehouseError(f"{database}: {error}.") from error
