"""Plays of a database of Tautulli, which recorded what a Plex server played."""

import math
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from extract.errors import FileRefusedError
from extract.progress import Progress
from extract.sources.json_answer import as_json
from extract.sources.row_hash import hash_of

Row = dict[str, Any]

WANTED = "Tautulli's tautulli.db (before: plexpy.db), or one of its backups"
MAGIC = b"SQLite format 3\x00"
# Of a journal that is in use; in one that is kept for the next change there are zeros.
JOURNAL_MAGIC = b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7"
# Tautulli writes rarely, and for moments.
BUSY_TIMEOUT_SECONDS = 30
# What no play can be told without, by table.
NEEDED = {
    "session_history": {"id", "started", "stopped", "rating_key", "user_id", "user", "paused_counter", "media_type"},
    "session_history_metadata": {"id", "title", "grandparent_title", "media_index", "parent_media_index", "guid"},
    "session_history_media_info": {"id"},
}
# Ids of other catalogues, by rating key; filled only where that was switched on.
LOOKUPS = ("tvmaze_lookup", "themoviedb_lookup")


def iter_tautulli(path: Path, progress: Progress) -> Iterator[Row]:
    """Yield the plays of a database, each with its rows of the other tables, all read in one transaction.

    Shape: the received columns of `raw_tautulli_plays`; the payload has an object a table. Units: as Tautulli has
    them: seconds since 1970, milliseconds for lengths.
    Raises: FileRefusedError if the file is not Tautulli's database, is damaged, or cannot be read.
    """
    try:
        before, has_log = _state_of(path), _beginning_of(Path(f"{path}-wal")) != b""
        with closing(_open(path, has_log=has_log)) as connection:
            connection.execute("begin")
            tables = _tables_of(connection, path)
            (total,) = connection.execute("select count(*) from session_history").fetchone()
            for read, row in enumerate(_iter_plays(connection, tables), start=1):
                yield row
                if read % 1_000 == 0 or read == total:
                    progress.advance(read, total, "plays")
        # With a log it is one transaction that was read, whatever was written meanwhile.
        if not has_log and _state_of(path) != before:
            raise _refused(path, "was written to while it was read. Try again, or name a backup")
    except OSError as error:
        raise _refused(path, f"cannot be read: {error.strerror}") from error
    except sqlite3.OperationalError as error:
        raise _refused(
            path,
            f"cannot be read: {error}. If Tautulli has it open, name a backup of it (Settings, Import & Backups), or "
            "copy it together with the files -wal and -shm beside it",
        ) from error
    except sqlite3.DatabaseError as error:
        raise _refused(path, f"is damaged: {error}") from error


def _state_of(path: Path) -> tuple[int, int]:
    """Return what differs once a file was written to."""
    state = path.stat()
    return state.st_mtime_ns, state.st_size


def _beginning_of(path: Path) -> bytes:
    """Return the first bytes of a file that SQLite keeps beside a database; none if it is not there."""
    if not path.exists():
        return b""
    with path.open("rb") as file:
        return file.read(len(JOURNAL_MAGIC))


def _open(path: Path, *, has_log: bool) -> sqlite3.Connection:
    """Open a database so that nothing can be written into it."""
    with path.open("rb") as file:
        head = file.read(len(MAGIC))
    # It says how to undo a change that did not come to its end, which whoever only reads cannot do.
    if _beginning_of(Path(f"{path}-journal")) == JOURNAL_MAGIC:
        raise _refused(path, "is being written to, or was left in the middle of that: a -journal is beside it")
    if not head:
        raise _refused(path, "is empty")
    if head != MAGIC:
        raise _refused(path, "is no SQLite database")
    # Without a log the file is whole as it is, and needs nothing beside it; whether somebody writes meanwhile is
    # looked at afterwards.
    mode = "mode=ro" if has_log else "immutable=1"
    address = f"{Path(os.path.realpath(path)).as_uri()}?{mode}"
    connection = sqlite3.connect(address, uri=True, timeout=BUSY_TIMEOUT_SECONDS, isolation_level=None)
    connection.text_factory = lambda content: content.decode(errors="replace")
    return connection


def _tables_of(connection: sqlite3.Connection, path: Path) -> dict[str, list[str]]:
    """Return the columns of the tables that are read. Raises: FileRefusedError if one of the needed ones is missing."""
    tables = {
        table: [str(name) for _, name, *_ in connection.execute(f"pragma table_info({table})")]
        for table in (*NEEDED, *LOOKUPS)
    }
    for table, needed in NEEDED.items():
        if not tables[table]:
            raise _refused(path, f"is a database, but not Tautulli's: it has no table {table}")
        if missing := sorted(needed.difference(tables[table])):
            raise _refused(
                path, f"has no {missing[0]} in {table}: it is of a Tautulli too old. Start it with a newer one once"
            )
    return {table: columns for table, columns in tables.items() if "id" in columns or "rating_key" in columns}


def _iter_plays(connection: sqlite3.Connection, tables: dict[str, list[str]]) -> Iterator[Row]:
    names = [(table, column) for table, columns in tables.items() for column in columns]
    selected = ", ".join(f'{table}."{column}"' for table, column in names)
    joins = " ".join(
        f"left join {table} on {table}.{key} = session_history.{key}"
        for table in tables
        if table != "session_history"
        for key in ["rating_key" if table in LOOKUPS else "id"]
    )
    query = f"select {selected} from session_history {joins} order by session_history.id"  # noqa: S608 - names of its own
    for values in connection.execute(query):
        play: dict[str, Row] = {table: {} for table in tables}
        for (table, column), value in zip(names, values, strict=True):
            play[table][column] = _as_json_has_it(value)
        yield {
            "play_id": str(play["session_history"]["id"]),
            "row_hash": hash_of(play),
            "payload": as_json(play),
        }


def _as_json_has_it(value: Any) -> Any:
    if isinstance(value, bytes):
        return value.decode(errors="replace")
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return value


def _refused(path: Path, why: str) -> FileRefusedError:
    return FileRefusedError(f"{path} {why}. Nothing was loaded. Name {WANTED}.")
