"""Merge collected rows into a raw table, and keep, mark or delete the rows that were not among them."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from extract.landing.raw_tables import (
    CHANGE_NUMBER,
    FIRST_LOADED_AT,
    LAST_LOADED_AT,
    LOAD_ID,
    LOADED_AT,
    RAW_TABLES,
    REMOVED_AT,
    RawTable,
)


@dataclass
class Counts:
    """What a load did to a table, in rows.

    `note`: a remark for the record of the run. `warning`: what needs attention, although nothing failed.
    `server_utc_offset_seconds`: what the server's clock was measured to show, if it was measured.
    """

    read: int = 0
    inserted: int = 0
    updated: int = 0
    removed: int = 0
    note: str | None = None
    warning: str | None = None
    server_utc_offset_seconds: int | None = None


def merge(connection: sqlite3.Connection, table: RawTable, loaded_at: str, gone: Iterable[str] | None) -> Counts:
    """Merge the rows of `temp.incoming_<table>` into the table, in the transaction that is open.

    `loaded_at`, `gone`: as for `Warehouse.load`. Return the counts, without `read`.
    Raises: sqlite3.Error as SQLite does.
    """
    if table.when_missing == "append_only":
        return _append(connection, table, loaded_at)
    return _replace(connection, table, loaded_at, gone)


def _append(connection: sqlite3.Connection, table: RawTable, loaded_at: str) -> Counts:
    """Insert the rows whose key is new; of several with one key, the first that was received."""
    # One number for all such tables: a build takes up what was loaded after the last one, whatever the table.
    loads = " union all ".join(f"select max({LOAD_ID}) as load from {name}" for name in _appended_to())
    (load_id,) = connection.execute(f"select coalesce(max(load), 0) + 1 from ({loads})").fetchone()
    inserted = connection.execute(
        f"insert into {table.name} ({', '.join((*table.received, FIRST_LOADED_AT, LOAD_ID))}) "
        f"select {', '.join(table.received)}, ?, ? from temp.incoming_{table.name} "
        f"where true order by {', '.join(table.key)}, rowid on conflict do nothing",
        (loaded_at, load_id),
    ).rowcount
    return Counts(inserted=inserted)


def _appended_to() -> list[str]:
    return [table.name for table in RAW_TABLES if table.when_missing == "append_only"]


def _replace(connection: sqlite3.Connection, table: RawTable, loaded_at: str, gone: Iterable[str] | None) -> Counts:
    counts = Counts()
    _unite(connection, table)
    same_key = " and ".join(f"incoming.{name} = {table.name}.{name}" for name in table.key)
    source = f"temp.incoming_{table.name} as incoming"
    at = {"at": loaded_at, "change": _next_change(connection, table)}
    changed = [f"incoming.{name} is not {table.name}.{name}" for name in table.content]
    assignments = [_assignments(table, "incoming")]
    if table.when_missing == "mark_removed":
        changed.append(f"{table.name}.{REMOVED_AT} is not null")
        assignments.append(f"{REMOVED_AT} = null")
    counts.updated = connection.execute(
        f"update {table.name} set {', '.join(assignments)} from {source} where {same_key} and ({' or '.join(changed)})"
    ).rowcount
    for column in (LAST_LOADED_AT, LOADED_AT):
        if column in table.columns:
            connection.execute(f"update {table.name} set {column} = :at from {source} where {same_key}", at)
    filled = {FIRST_LOADED_AT: ":at", LAST_LOADED_AT: ":at", LOADED_AT: ":at", CHANGE_NUMBER: ":change"}
    stamps = {name: value for name, value in filled.items() if name in table.columns}
    # In the order of the key, by a sort: to step through the index jumps about in the temporary file.
    counts.inserted = connection.execute(
        f"insert into {table.name} ({', '.join((*table.received, *stamps))}) "
        f"select {', '.join((*table.received, *stamps.values()))} from {source} not indexed "
        f"where true order by {', '.join(table.key)} on conflict do nothing",
        at,
    ).rowcount
    missing = f"not exists (select 1 from {source} where {same_key})"
    if table.when_missing == "mark_removed" and gone is not None:
        counts.removed = connection.executemany(
            f"update {table.name} set {REMOVED_AT} = ? where {REMOVED_AT} is null and {table.key[0]} = ?",
            [(loaded_at, item_id) for item_id in gone],
        ).rowcount
    elif table.when_missing == "mark_removed":
        counts.removed = connection.execute(
            f"update {table.name} set {REMOVED_AT} = :at where {REMOVED_AT} is null and {missing}",
            at,
        ).rowcount
    elif table.when_missing == "delete" and gone is None:
        counts.removed = connection.execute(f"delete from {table.name} where {missing}").rowcount
    if CHANGE_NUMBER in table.columns:
        # The table's trigger has marked every row that was changed, here or by hand.
        connection.execute(
            f"update {table.name} set {CHANGE_NUMBER} = :change where {CHANGE_NUMBER} is null or {CHANGE_NUMBER} < 0",
            at,
        )
    return counts


def _unite(connection: sqlite3.Connection, table: RawTable) -> None:
    """Keep the last of the rows that were collected with one key; index them by it."""
    incoming, key = f"temp.incoming_{table.name}", ", ".join(table.key)
    names = ", ".join(table.received)
    connection.execute(f"create index temp.incoming_{table.name}_by_key on incoming_{table.name} ({key})")
    doubled = f"({key}) in (select {key} from {incoming} group by {key} having count(*) > 1)"
    columns = ", ".join(f"{name} {table.columns[name]}" for name in table.received)
    connection.execute(f"create temp table united ({columns}, primary key ({key}))")
    connection.execute(
        f"insert into temp.united ({names}) select {names} from {incoming} where {doubled} order by rowid "
        f"on conflict do " + (f"update set {_assignments(table, 'excluded')}" if table.content else "nothing")
    )
    connection.execute(f"delete from {incoming} where ({key}) in (select {key} from temp.united)")
    connection.execute(f"insert into {incoming} ({names}) select {names} from temp.united")
    connection.execute("drop table temp.united")


def _next_change(connection: sqlite3.Connection, table: RawTable) -> int:
    if CHANGE_NUMBER not in table.columns:
        return 0
    last = f"select coalesce(max(abs({CHANGE_NUMBER})), 0) from {table.name}"
    (number,) = connection.execute(last).fetchone()
    return int(number) + 1


def _assignments(table: RawTable, new: str) -> str:
    return ", ".join(f"{name} = {new}.{name}" for name in table.content)
