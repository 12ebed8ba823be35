"""Put a copy in the place of the database, and keep what was there."""

import sqlite3
from contextlib import closing
from pathlib import Path

from extract.errors import WarehouseError
from extract.landing.copies import (
    copy_beside,
    copy_database,
    explained,
    files_of,
    free_name,
    now,
    remove_database,
    unfinished_copy_of,
)
from extract.landing.integrity import Contents, check, open_to_read
from extract.landing.paths import make_folder, real_database


def restore_backup(copy: Path, database: Path, *, force: bool) -> tuple[Contents, Path | None]:
    """Put a copy in the place of the database, in one transaction that readers do not notice before its end.

    What was there is kept beside it, as a copy. Return what is there now, and where the former database went. The
    caller holds the lock of `only_one`.
    Raises: WarehouseError if the copy is damaged, of a newer schema version or the database itself, or if the database
    has recorded more than the copy, or is damaged, unless `force`.
    """
    database = real_database(database)
    with explained(f"{copy} could not be put in the place of {database}"):
        if not copy.is_file():
            raise WarehouseError(f"There is no file {copy}.")
        if database.exists() and copy.samefile(database):
            raise WarehouseError(f"{copy} is the database itself: there is nothing to restore. Nothing was changed.")
        incoming = check(copy)
        kept: Path | None = None
        holds_something = database.exists() and database.stat().st_size > 0
        if not holds_something or (present := _present(database, force=force)) is None:
            kept = _replace(copy, database)
        else:
            if present.steps_recorded > incoming.steps_recorded and not force:
                raise WarehouseError(
                    f"{database} has recorded {present.steps_recorded:,} steps of the extractor, the latest at "
                    f"{present.loaded_at or 'no time'} UTC, and holds {present.events:,} observations; {copy} has "
                    f"{incoming.steps_recorded:,} steps, the latest at {incoming.loaded_at or 'no time'} UTC, and "
                    f"{incoming.events:,} observations: the database is newer. "
                    "Nothing was changed. --force puts the older one in its place."
                )
            kept = copy_beside(database, f"before-restore-{now()}")
            _copy_over(copy, database)
        return check(database), kept


def _present(database: Path, *, force: bool) -> Contents | None:
    """Return what the database holds; None if it is damaged and may be replaced."""
    try:
        return check(database)
    except WarehouseError as error:
        # A database that is in use is not damaged, and must not be moved from under its users.
        if getattr(error.__cause__, "sqlite_errorname", "").startswith("SQLITE_BUSY"):
            raise
        if not force:
            raise WarehouseError(
                f"{error} Nothing was changed. --force moves it aside and puts the copy in its place."
            ) from error
        return None


def _replace(copy: Path, database: Path) -> Path | None:
    """Put a copy where no database is, or a damaged one, which is moved aside. Return where that went."""
    make_folder(database.parent)
    ready = database.with_name(f"{database.name}.unfinished-restore")
    kept = free_name(database, f"damaged-{now()}")
    moved: list[tuple[Path, Path]] = []
    try:
        copy_database(copy, ready, unfinished_copy_of(database))
        with closing(sqlite3.connect(ready)) as connection:
            connection.execute("pragma journal_mode = wal")
        # What SQLite kept beside the database goes first: it would be taken for a part of the new one.
        for part, aside in zip(files_of(database), files_of(kept), strict=True):
            if part.exists():
                part.replace(aside)
                moved.append((part, aside))
        ready.replace(database)
    except BaseException:
        for part, aside in reversed(moved):
            aside.replace(part)
        remove_database(ready)
        raise
    # Of a database that is gone, what was written last may be in its log.
    return next((aside for _, aside in reversed(moved) if aside.stat().st_size), None)


def _copy_over(copy: Path, database: Path) -> None:
    with (
        closing(open_to_read(copy)) as reading,
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
