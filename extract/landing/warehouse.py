"""The database file: create and migrate its tables, load rows into them, record runs. Imports no source.

A load first collects its rows in a temporary table, for as long as the network takes, and then changes the real table
in one short transaction. Readers see the table as it was or as it is, and no other writer waits for a download.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from operator import itemgetter
from pathlib import Path
from typing import Any, Self

from extract.errors import WarehouseError
from extract.landing.copies import copy_beside, refuse_to_begin_anew
from extract.landing.merge import Counts, merge
from extract.landing.migrations import bring_up_to_date, refuse_newer, schema_version_of
from extract.landing.paths import make_private_database, real_database
from extract.landing.raw_tables import EXTRACT_RUNS, REMOVED_AT, SCHEMA_VERSION, WATCH_DAYS, RawTable

Row = dict[str, Any]

# dbt holds the write lock while it builds one model.
BUSY_TIMEOUT_SECONDS = 60
# Full outer joins and "is not distinct from", in the models and their tests.
OLDEST_SQLITE = (3, 39)
BATCH_ROWS = 1_000


class Warehouse:
    """An open database. Use it as a context manager."""

    def __init__(self, path: Path) -> None:
        """Open the file, create it and its tables where they are missing, and migrate an older schema.

        A copy from before a migration is kept beside it, as `*.schema-N`.
        Raises: WarehouseError if that cannot be done, the schema version is newer than this code, or the file is
        missing and once was there.
        """
        self._path = path = real_database(path)
        if sqlite3.sqlite_version_info < OLDEST_SQLITE:
            raise WarehouseError(
                f"This Python has SQLite {sqlite3.sqlite_version}, and {'.'.join(map(str, OLDEST_SQLITE))} or newer "
                "is needed. Take a newer Python, or a system with a newer SQLite."
            )
        try:
            refuse_to_begin_anew(path)
            make_private_database(path)
            self._connection = sqlite3.connect(path, timeout=BUSY_TIMEOUT_SECONDS, isolation_level=None)
        except (OSError, sqlite3.Error) as error:
            raise WarehouseError(
                f"{path} cannot be opened ({error}). Check WAREHOUSE_PATH, and that you may write there."
            ) from error
        try:
            self._prepare()
        except BaseException:
            self._connection.close()
            raise

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        self._connection.close()

    def collect(self, table: RawTable, rows: Iterable[Row]) -> Counts:
        """Write rows into the temporary table that `load` reads, in batches. Return counts with `read` alone."""
        counts = Counts()
        names = ", ".join(table.received)
        marks = ", ".join("?" * len(table.received))
        insert = f"insert into temp.incoming_{table.name} ({names}) values ({marks})"
        values = itemgetter(*table.received)
        with self._explained():
            self._connection.execute(f"drop table if exists temp.incoming_{table.name}")
            columns = ", ".join(f"{name} {table.columns[name]}" for name in table.received)
            self._connection.execute(f"create temp table incoming_{table.name} ({columns})")
        remaining = iter(rows)
        # The rows come from the network: their errors are not the database's.
        while batch := list(islice(remaining, BATCH_ROWS)):
            with self._explained(), self._transaction(write=False):
                self._connection.executemany(insert, map(values, batch))
            counts.read += len(batch)
        return counts

    def load(self, tables: Iterable[RawTable], loaded_at: str, gone: Iterable[str] | None = None) -> dict[str, Counts]:
        """Merge what was collected into the real tables, all in one transaction. Return counts by table name.

        Without `gone` the collected rows count as complete: rows that they lack are kept, marked or deleted as the
        table's `when_missing` says. With `gone` they do not: the rows of these ids are marked removed, and nothing is
        deleted. `loaded_at`: UTC. Counts are without `read`.
        """
        with self._explained(), self._transaction():
            return {table.name: merge(self._connection, table, loaded_at, gone) for table in tables}

    def take_out_invalid_json(self, table: RawTable, column: str) -> list[str]:
        """Delete the collected rows whose JSON SQLite cannot read, and return their ids."""
        with self._explained():
            rows = self._connection.execute(
                f"delete from temp.incoming_{table.name} where not json_valid({column}) returning {table.key[0]}"
            )
            return [item_id for (item_id,) in rows.fetchall()]

    def payload_values(self, table: RawTable, name: str) -> set[str]:
        """Return the values of a field of the payloads, of the rows that are not marked removed."""
        field = f"case when json_valid(payload) then json_extract(payload, '$.{name}') end"
        with self._explained():
            rows = self._connection.execute(f"select distinct {field} from {table.name} where {REMOVED_AT} is null")
            return {str(value) for (value,) in rows if value}

    def count_renamed(self, table: RawTable) -> tuple[int, int]:
        """Return how many collected rows have the id of a row that is present, and how many of them another name."""
        names = [f"case when json_valid({of}.payload) then json_extract({of}.payload, '$.Name') end" for of in "ab"]
        key = table.key[0]
        with self._explained():
            shared, renamed = self._connection.execute(
                f"select count(*), coalesce(sum({names[0]} is not {names[1]}), 0) "
                f"from temp.incoming_{table.name} as a join {table.name} as b on a.{key} = b.{key} "
                f"where b.{REMOVED_AT} is null"
            ).fetchone()
            return int(shared), int(renamed)

    def keys(self, table: RawTable) -> set[tuple[Any, ...]]:
        """Return the keys of all rows of a table."""
        with self._explained():
            return set(self._connection.execute(f"select {', '.join(table.key)} from {table.name}"))

    def present_ids(self, table: RawTable) -> set[str]:
        """Return the ids of the rows that are not marked removed."""
        with self._explained():
            rows = self._connection.execute(f"select {table.key[0]} from {table.name} where {REMOVED_AT} is null")
            return {item_id for (item_id,) in rows}

    def last_success_of(self, step: str, now: str) -> str | None:
        """Return when the last successful run of a step began, UTC; None if there was none.

        `now`: UTC. A run of the future, by a clock that was wrong, does not count.
        """
        with self._explained():
            (at,) = self._connection.execute(
                f"select max(started_at) from {EXTRACT_RUNS.name} where step = ? and status = 'ok' and started_at <= ?",
                (step, now),
            ).fetchone()
            return str(at) if at else None

    def days_that_differ(self, held: Iterable[Row]) -> set[str]:
        """Return the days, of those that a source holds, that have to be read: their figures changed, or are new.

        `held`: what the source says it holds, as rows of `raw_emby_watch_days`. They are compared in SQL, so that text
        and number are converted as on storing.
        """
        self.collect(WATCH_DAYS, held)
        figures = [name for name in WATCH_DAYS.content if name != "read_at"]
        known, incoming = (", ".join(f"{of}.{name}" for name in figures) for of in ("known", "incoming"))
        with self._explained():
            rows = self._connection.execute(
                f"select incoming.played_on from temp.incoming_{WATCH_DAYS.name} as incoming "
                f"left join {WATCH_DAYS.name} as known "
                "on known.source = incoming.source and known.played_on = incoming.played_on "
                f"where known.played_on is null or ({known}) is not ({incoming})"
            )
            return {played_on for (played_on,) in rows}

    def settled_days(self, source: str, now: str) -> set[str]:
        """Return the days of a source that need not be read again: read three days after their end in any time zone.

        Thirty to 59 days later a day is no longer settled: the source may have been empty then, and have its own backup
        back. Which of them depends on the day, so that not all are read in one night.
        `now`: UTC. A day whose time of reading lies in the future, by a clock that was wrong, is not settled.
        """
        with self._explained():
            rows = self._connection.execute(
                f"select played_on from {WATCH_DAYS.name} "
                "where source = ? and read_at <= ? and read_at >= datetime(played_on, '+4 days', '+12 hours') "
                "and read_at > datetime(?, '-' || (30 + cast(julianday(played_on) / 30 as integer) % 30) || ' days')",
                (source, now, now),
            )
            return {played_on for (played_on,) in rows}

    def record_step(self, row: Row) -> None:
        """Write or rewrite a row of `raw_extract_runs`."""
        names = ", ".join(row)
        bound = ", ".join(f":{name}" for name in row)
        with self._explained(), self._transaction():
            self._connection.execute(f"insert or replace into {EXTRACT_RUNS.name} ({names}) values ({bound})", row)

    def _prepare(self) -> None:
        with self._explained():
            version = schema_version_of(self._connection)
            refuse_newer(version, self._path)
            # Of a new file alone. Fewer and larger pages than the usual 4,096 bytes: a first build of a million events
            # writes a gigabyte of them, and takes an eighth less time.
            self._connection.execute("pragma page_size = 16384")
            # Index builds and sorts may use the other processors.
            self._connection.execute("pragma threads = 4")
            # Readers and one writer at once; survives a crash of the program, and of the machine.
            self._connection.execute("pragma journal_mode = wal")
            self._connection.execute("pragma synchronous = full")
            if 0 < version < SCHEMA_VERSION:
                copy_beside(self._path, f"schema-{version}")
            if version < SCHEMA_VERSION:
                with self._transaction():
                    bring_up_to_date(self._connection)

    @contextmanager
    def _transaction(self, *, write: bool = True) -> Iterator[None]:
        # "immediate" waits for the write lock at the start, where waiting works; a transaction that reads first and
        # then wants to write fails at once if another one wrote meanwhile.
        self._connection.execute("begin immediate" if write else "begin")
        try:
            yield
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("rollback")
            raise
        self._connection.execute("commit")

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise WarehouseError(f"{self._path}: {error}.") from error
