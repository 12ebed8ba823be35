"""The raw tables in SQLite: create, load, remember runs. Knows tables, and no HTTP.

A load first collects its rows in a temporary table, for as long as the network takes, and then changes the real table
in one short transaction. Readers see the table as it was or as it is, and writers wait for no download.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from operator import itemgetter
from pathlib import Path
from typing import Any, Self

from extract.errors import WarehouseError
from extract.landing.copies import copy_beside
from extract.landing.migrations import bring_up_to_date, layout_of, refuse_newer
from extract.landing.paths import make_private_database, real_database
from extract.landing.raw_tables import (
    CHANGE_NUMBER,
    EXTRACT_RUNS,
    FIRST_LOADED_AT,
    LAST_LOADED_AT,
    LAYOUT_VERSION,
    LOAD_ID,
    LOADED_AT,
    REMOVED_AT,
    WATCH_DAYS,
    RawTable,
)

Row = dict[str, Any]

# dbt holds the write lock while it builds one model.
BUSY_TIMEOUT_SECONDS = 60
# Full outer joins and "is not distinct from", in the models and their tests.
OLDEST_SQLITE = (3, 39)
BATCH_ROWS = 1_000


@dataclass
class Counts:
    """What a load did to a table, in rows.

    `note`: what else there is to know about it; `warning`: what somebody should look at, though nothing failed.
    """

    read: int = 0
    inserted: int = 0
    updated: int = 0
    removed: int = 0
    note: str | None = None
    warning: str | None = None
    server_utc_offset_seconds: int | None = None


class Warehouse:
    """The database file. Use it as a context manager."""

    def __init__(self, path: Path) -> None:
        """Open the file, create it and its tables where they are missing, and bring an older layout up to date.

        A copy of the older one is kept beside it.
        Raises: WarehouseError if that cannot be done, or the layout is newer than this code.
        """
        self._path = path = real_database(path)
        if sqlite3.sqlite_version_info < OLDEST_SQLITE:
            raise WarehouseError(
                f"This Python has SQLite {sqlite3.sqlite_version}, and {'.'.join(map(str, OLDEST_SQLITE))} or newer "
                "is needed. Take a newer Python, or a system with a newer SQLite."
            )
        try:
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
        """Put rows aside for `load`, in bounded memory."""
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
        """Bring what was collected into the real tables, all in one transaction.

        The collected rows count as complete: what they lack is kept, marked or deleted as the table says. With
        `gone`, they do not: these ids are what is marked, and nothing is deleted. `loaded_at`: UTC. Return what
        happened, by table name.
        """
        with self._explained(), self._transaction():
            return {table.name: self._merge(table, loaded_at, gone) for table in tables}

    def take_out_invalid_json(self, table: RawTable, column: str) -> list[str]:
        """Take those of the collected rows out whose JSON the database cannot read; return their ids."""
        with self._explained():
            rows = self._connection.execute(
                f"delete from temp.incoming_{table.name} where not json_valid({column}) returning {table.key[0]}"
            )
            return [item_id for (item_id,) in rows.fetchall()]

    def keys(self, table: RawTable) -> set[tuple[Any, ...]]:
        """Return the keys of all rows of a table."""
        with self._explained():
            return set(self._connection.execute(f"select {', '.join(table.key)} from {table.name}"))

    def present_ids(self, table: RawTable) -> set[str]:
        """Return the keys of the rows that are not marked removed."""
        with self._explained():
            rows = self._connection.execute(f"select {table.key[0]} from {table.name} where {REMOVED_AT} is null")
            return {item_id for (item_id,) in rows}

    def last_success_of(self, step: str) -> str | None:
        """Return when the last run of a step that ended well began, UTC; None if there was none."""
        with self._explained():
            (at,) = self._connection.execute(
                f"select max(started_at) from {EXTRACT_RUNS.name} where step = ? and status = 'ok'", (step,)
            ).fetchone()
            return str(at) if at else None

    def days_that_differ(self, held: Iterable[Row]) -> set[str]:
        """Return those of the days that a source holds of which something else is known, or nothing.

        `held`: rows of `raw_emby_watch_days`. SQLite compares them as it would store them.
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
        """Return the days that were read when they were three days over, on any clock; `now`: UTC.

        A day that was read in the future, by a clock that was wrong, is not settled.
        """
        with self._explained():
            rows = self._connection.execute(
                f"select played_on from {WATCH_DAYS.name} "
                "where source = ? and read_at <= ? and read_at >= datetime(played_on, '+4 days', '+12 hours')",
                (source, now),
            )
            return {played_on for (played_on,) in rows}

    def record_step(self, row: Row) -> None:
        """Write or rewrite a row of `raw_extract_runs`."""
        names = ", ".join(row)
        bound = ", ".join(f":{name}" for name in row)
        with self._explained(), self._transaction():
            self._connection.execute(f"insert or replace into {EXTRACT_RUNS.name} ({names}) values ({bound})", row)

    def _unite(self, table: RawTable) -> None:
        """Keep the last of the rows that were collected with one key; index them by it."""
        incoming, key = f"temp.incoming_{table.name}", ", ".join(table.key)
        names = ", ".join(table.received)
        self._connection.execute(f"create index temp.incoming_{table.name}_by_key on incoming_{table.name} ({key})")
        doubled = f"({key}) in (select {key} from {incoming} group by {key} having count(*) > 1)"
        columns = ", ".join(f"{name} {table.columns[name]}" for name in table.received)
        self._connection.execute(f"create temp table united ({columns}, primary key ({key}))")
        self._connection.execute(
            f"insert into temp.united ({names}) select {names} from {incoming} where {doubled} order by rowid "
            f"on conflict do " + (f"update set {_assignments(table, 'excluded')}" if table.content else "nothing")
        )
        self._connection.execute(f"delete from {incoming} where ({key}) in (select {key} from temp.united)")
        self._connection.execute(f"insert into {incoming} ({names}) select {names} from temp.united")
        self._connection.execute("drop table temp.united")

    def _merge(self, table: RawTable, loaded_at: str, gone: Iterable[str] | None) -> Counts:
        if table.when_missing == "append_only":
            return self._append(table, loaded_at)
        return self._replace(table, loaded_at, gone)

    def _append(self, table: RawTable, loaded_at: str) -> Counts:
        """Add the rows whose key is new; of several with one key, the one that came first."""
        (load_id,) = self._connection.execute(f"select coalesce(max({LOAD_ID}), 0) + 1 from {table.name}").fetchone()
        inserted = self._connection.execute(
            f"insert into {table.name} ({', '.join((*table.received, FIRST_LOADED_AT, LOAD_ID))}) "
            f"select {', '.join(table.received)}, ?, ? from temp.incoming_{table.name} "
            f"where true order by {', '.join(table.key)}, rowid on conflict do nothing",
            (loaded_at, load_id),
        ).rowcount
        return Counts(inserted=inserted)

    def _replace(self, table: RawTable, loaded_at: str, gone: Iterable[str] | None) -> Counts:
        counts = Counts()
        self._unite(table)
        same_key = " and ".join(f"incoming.{name} = {table.name}.{name}" for name in table.key)
        source = f"temp.incoming_{table.name} as incoming"
        at = {"at": loaded_at, "change": self._next_change(table)}
        changed = [f"incoming.{name} is not {table.name}.{name}" for name in table.content]
        assignments = [_assignments(table, "incoming")]
        if table.when_missing == "mark_removed":
            changed.append(f"{table.name}.{REMOVED_AT} is not null")
            assignments.append(f"{REMOVED_AT} = null")
        counts.updated = self._connection.execute(
            f"update {table.name} set {', '.join(assignments)} from {source} "
            f"where {same_key} and ({' or '.join(changed)})"
        ).rowcount
        for column in (LAST_LOADED_AT, LOADED_AT):
            if column in table.columns:
                self._connection.execute(f"update {table.name} set {column} = :at from {source} where {same_key}", at)
        filled = {FIRST_LOADED_AT: ":at", LAST_LOADED_AT: ":at", LOADED_AT: ":at", CHANGE_NUMBER: ":change"}
        stamps = {name: value for name, value in filled.items() if name in table.columns}
        # In the order of the key, by a sort: to step through the index jumps about in the temporary file.
        counts.inserted = self._connection.execute(
            f"insert into {table.name} ({', '.join((*table.received, *stamps))}) "
            f"select {', '.join((*table.received, *stamps.values()))} from {source} not indexed "
            f"where true order by {', '.join(table.key)} on conflict do nothing",
            at,
        ).rowcount
        missing = f"not exists (select 1 from {source} where {same_key})"
        if table.when_missing == "mark_removed" and gone is not None:
            counts.removed = self._connection.executemany(
                f"update {table.name} set {REMOVED_AT} = ? where {REMOVED_AT} is null and {table.key[0]} = ?",
                [(loaded_at, item_id) for item_id in gone],
            ).rowcount
        elif table.when_missing == "mark_removed":
            counts.removed = self._connection.execute(
                f"update {table.name} set {REMOVED_AT} = :at where {REMOVED_AT} is null and {missing}",
                at,
            ).rowcount
        elif table.when_missing == "delete" and gone is None:
            counts.removed = self._connection.execute(f"delete from {table.name} where {missing}").rowcount
        if CHANGE_NUMBER in table.columns:
            # The table's trigger has marked every row that was changed, here or by hand.
            self._connection.execute(
                f"update {table.name} set {CHANGE_NUMBER} = :change "
                f"where {CHANGE_NUMBER} is null or {CHANGE_NUMBER} < 0",
                at,
            )
        return counts

    def _next_change(self, table: RawTable) -> int:
        if CHANGE_NUMBER not in table.columns:
            return 0
        last = f"select coalesce(max(abs({CHANGE_NUMBER})), 0) from {table.name}"
        (number,) = self._connection.execute(last).fetchone()
        return int(number) + 1

    def _prepare(self) -> None:
        with self._explained():
            layout = layout_of(self._connection)
            refuse_newer(layout, self._path)
            # Of a new file alone. Fewer and larger pages than the usual 4,096 bytes: a first build of a million events
            # writes a gigabyte of them, and takes an eighth less time.
            self._connection.execute("pragma page_size = 16384")
            # Index builds and sorts may use the other processors.
            self._connection.execute("pragma threads = 4")
            # Readers and one writer at once; survives a crash of the program, and of the machine.
            self._connection.execute("pragma journal_mode = wal")
            self._connection.execute("pragma synchronous = full")
            if 0 < layout < LAYOUT_VERSION:
                copy_beside(self._path, f"layout-{layout}")
            if layout < LAYOUT_VERSION:
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


def _assignments(table: RawTable, new: str) -> str:
    return ", ".join(f"{name} = {new}.{name}" for name in table.content)
