"""Consistent copies of the database: make one while others read and write, keep the last few, put one back."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from extract.errors import WarehouseError
from extract.layout import layout_of, refuse_newer
from extract.raw_tables import EXTRACT_RUNS, IS_DATED, WATCH_EVENTS

# Not .db: dbt-sqlite attaches every file of that name in a folder it is pointed at.
SUFFIX = ".backup"
NAME_FORMAT = "%Y%m%dT%H%M%S"

CONTENTS = f"""
select
    (select count(*) from {WATCH_EVENTS.name}),
    (
        select coalesce(max(played_at_local), '') from {WATCH_EVENTS.name}
        where {IS_DATED} and played_at_local <= datetime('now', '+1 day')
    ),
    (select coalesce(max(finished_at), '') from {EXTRACT_RUNS.name}),
    (select coalesce(max(started_at), '') from {EXTRACT_RUNS.name} where step = 'events' and status = 'ok')
"""


@dataclass(frozen=True)
class Contents:
    """What a database holds.

    `events`: how many; `newest_event`: the latest start of one on the server's clock, but for those that a wrong clock
    dated into the future. `loaded_at`: when anything was last loaded, `events_read_at`: when events were last read
    without a fault, both UTC. What is not there is empty.
    """

    events: int
    newest_event: str
    loaded_at: str
    events_read_at: str


def make_backup(database: Path, folder: Path, keep: int) -> tuple[Path, list[Path]]:
    """Copy the database into a folder, check the copy, and delete all but the last `keep` copies there.

    Return the copy and what was deleted. A copy that is interrupted leaves no file under its name.
    Raises: WarehouseError if there is no database, or the copy cannot be made.
    """
    if not database.exists():
        raise WarehouseError(f"There is no database at {database}. Run `python -m extract` first.")
    folder.mkdir(parents=True, exist_ok=True)
    copy = folder / f"{database.stem}-{datetime.now(UTC).strftime(NAME_FORMAT)}{SUFFIX}"
    copy_database(database, copy)
    copies = sorted(folder.glob(f"{database.stem}-????????T??????{SUFFIX}"))
    outdated = copies[:-keep]
    for old in outdated:
        old.unlink()
    return copy, outdated


def copy_database(source: Path, target: Path) -> None:
    """Write a consistent, checked copy of a database that may be in use, under a name that appears when it is whole.

    Raises: WarehouseError if that fails.
    """
    unfinished = target.with_name(f"{target.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    try:
        with (
            closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as reading,
            closing(sqlite3.connect(unfinished)) as writing,
        ):
            reading.backup(writing)
            # One file, and no log beside it.
            writing.execute("pragma journal_mode = delete")
        check(unfinished)
        unfinished.replace(target)
    except (OSError, sqlite3.Error) as error:
        unfinished.unlink(missing_ok=True)
        raise WarehouseError(f"{source} could not be copied to {target}: {error}.") from error


def restore_backup(copy: Path, database: Path, *, force: bool) -> tuple[Contents, Path | None]:
    """Put a copy in the place of the database, in one transaction that readers do not notice before its end.

    What was there is kept beside it, as a copy. Return what is there now, and where the former database went.
    Raises: WarehouseError if the copy is damaged, or of a newer layout, or older than the database unless `force`.
    """
    if not copy.is_file():
        raise WarehouseError(f"There is no file {copy}.")
    incoming = check(copy)
    kept: Path | None = None
    if database.exists():
        try:
            present = check(database)
        except WarehouseError:
            if not force:
                raise
            # Damaged: there is nothing to compare, and nothing that could be restored over.
            kept = database.with_name(f"{database.name}.damaged")
            for ending in ("", "-wal", "-shm"):
                part = database.with_name(database.name + ending)
                if part.exists():
                    part.replace(kept.with_name(kept.name + ending))
        else:
            if present.loaded_at > incoming.loaded_at and not force:
                raise WarehouseError(
                    f"{database} was last loaded at {present.loaded_at} UTC, "
                    f"{copy} at {incoming.loaded_at or 'no time'}: the database is newer. "
                    "Nothing was changed. --force puts the older one in its place."
                )
            kept = database.with_name(f"{database.name}.before-restore")
            copy_database(database, kept)
    database.parent.mkdir(parents=True, exist_ok=True)
    try:
        _copy_over(copy, database)
    except sqlite3.Error as error:
        raise WarehouseError(f"{copy} could not be put in the place of {database}: {error}.") from error
    return check(database), kept


def _copy_over(copy: Path, database: Path) -> None:
    with (
        closing(sqlite3.connect(copy)) as reading,
        closing(sqlite3.connect(database, timeout=60)) as writing,
    ):
        if _page_size(reading) != _page_size(writing):
            # A copy of an older version. SQLite changes the size of the pages in no other mode than this one, and
            # goes into it only while nobody else reads.
            writing.execute("pragma journal_mode = delete")
        reading.backup(writing)
        writing.execute("pragma journal_mode = wal")


def _page_size(connection: sqlite3.Connection) -> int:
    (size,) = connection.execute("pragma page_size").fetchone()
    return int(size)


def check(path: Path) -> Contents:
    """Return what a database holds, after reading all of it.

    Raises: WarehouseError if it is damaged, none of ours, or of a newer layout.
    """
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            (verdict, *_), *_ = connection.execute("pragma integrity_check").fetchall()
            layout = layout_of(connection)
            if verdict != "ok":
                raise WarehouseError(f"{path} is damaged: {verdict}.")
            if not layout:
                raise WarehouseError(f"{path} is a database, but not one of emby-elt: it has no raw tables.")
            refuse_newer(layout, path)
            (row,) = connection.execute(CONTENTS).fetchall()
            return Contents(*row)
    except sqlite3.Error as error:
        raise WarehouseError(f"{path} is not a database that can be read: {error}.") from error
