"""Check that a database is undamaged and has our raw tables, and count what it holds."""

import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from extract.errors import WarehouseError
from extract.landing.migrations import refuse_newer, schema_version_of
from extract.landing.raw_tables import EXTRACT_RUNS, IS_DATED, RAW_TABLES, WATCH_EVENTS

CONTENTS = f"""
select
    (select count(*) from {WATCH_EVENTS.name}),
    (
        select coalesce(max(played_at_local), '') from {WATCH_EVENTS.name}
        where {IS_DATED} and played_at_local <= datetime('now', '+1 day')
    ),
    (select coalesce(max(finished_at), '') from {EXTRACT_RUNS.name}),
    (
        select coalesce(max(started_at), '') from {EXTRACT_RUNS.name}
        where step = 'events' and status = 'ok' and started_at <= datetime('now', '+1 day')
    ),
    (select count(*) from {EXTRACT_RUNS.name})
"""


@dataclass(frozen=True)
class Contents:
    """What a database holds.

    `events`: their number. `newest_event`: the latest start of one, on the server's clock, leaving out those that a
    wrong clock dated into the future. `loaded_at`: when anything was last loaded; `events_read_at`: when the last step
    that read events without an error began, leaving out those of a clock that was ahead; both UTC. A time that does not
    exist is an empty text. `steps_recorded`: the number of steps that all runs recorded. It only grows, so it tells
    which of two copies is newer even if a clock was wrong.
    """

    events: int
    newest_event: str
    loaded_at: str
    events_read_at: str
    steps_recorded: int


def check(path: Path, copy_of: Path | None = None) -> Contents:
    """Return what a database holds, after reading all of it.

    `copy_of`: what it is a copy of that has no name of its own yet, for messages.
    Raises: WarehouseError if it is damaged, has no raw tables, or is of a newer schema version.
    """
    named = f"The copy of {copy_of}" if copy_of else str(path)
    try:
        with closing(open_to_read(path)) as connection:
            (verdict, *_), *_ = connection.execute("pragma integrity_check").fetchall()
            version = schema_version_of(connection)
            if verdict != "ok":
                raise WarehouseError(f"{named} is damaged: {verdict}.")
            if not version:
                raise WarehouseError(f"{named} is a database, but not one of emby-elt: it has no raw tables.")
            refuse_newer(version, path)
            (row,) = connection.execute(CONTENTS).fetchall()
            return Contents(*row)
    except sqlite3.Error as error:
        raise WarehouseError(f"{named} is not a database that can be read: {error}.") from error


def rows_archived(path: Path) -> int:
    """Return how many rows a database holds of the tables that are only appended to; 0 if it is damaged.

    Raises: sqlite3.Error if it cannot be read for another reason.
    """
    try:
        with closing(open_to_read(path)) as connection:
            present = {name for (name,) in connection.execute("select name from sqlite_master where type = 'table'")}
            archive = [table.name for table in RAW_TABLES if table.when_missing == "append_only"]
            counts = [connection.execute(f"select count(*) from {name}").fetchone() for name in present & {*archive}]
            return sum(int(count) for (count,) in counts)
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorname in ("SQLITE_NOTADB", "SQLITE_CORRUPT"):
            return 0
        raise


def open_to_read(path: Path) -> sqlite3.Connection:
    """Return a connection that cannot write. Raises: sqlite3.Error if the file cannot be opened."""
    # As a URI with its marks quoted: a path may hold any of them.
    return sqlite3.connect(f"{Path(os.path.realpath(path)).as_uri()}?mode=ro", uri=True)
