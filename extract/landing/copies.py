"""Consistent copies of the database: make one while others read and write, keep the last few, put one back."""

import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from itertools import chain, count
from pathlib import Path

from extract.errors import WarehouseError
from extract.landing.integrity import Contents, check, open_to_read
from extract.landing.lock import only_one_backup
from extract.landing.paths import SIDE_FILES, make_folder, make_private_database, real_database

# Not .db: dbt-sqlite attaches every file of that name in a folder it is pointed at.
SUFFIX = ".backup"
NAME_FORMAT = "%Y%m%dT%H%M%S"


def make_backup(database: Path, folder: Path, keep: int) -> tuple[Path, list[Path]]:
    """Copy the database into a folder, check the copy, and delete all but the last `keep` copies of it there.

    Return the copy and what was deleted. A copy that is interrupted leaves no file under its name; what it leaves, the
    next one removes. Copies of other databases are not touched.
    Raises: WarehouseError if there is no database, or the copy cannot be made.
    """
    database, folder = real_database(database), Path(os.path.realpath(folder))
    if not database.exists():
        raise WarehouseError(f"There is no database at {database}. Run make run first.")
    with only_one_backup(database), _explained(f"{database} could not be copied into {folder}"):
        make_folder(folder)
        # Databases of one name may share a folder: the path tells them apart.
        stem = f"{database.stem}-{sha256(os.fsencode(database)).hexdigest()[:8]}"
        earlier = _backups(folder, stem)
        # A number, since a clock may have been wrong.
        number = max(earlier, default=0) + 1
        copy = folder / f"{stem}-{number:06}-{_now()}{SUFFIX}"
        _copy(database, copy, folder / f"{stem}.unfinished")
        outdated = [earlier[old] for old in sorted(earlier)[: max(len(earlier) + 1 - keep, 0)]]
        for old in outdated:
            with _explained(f"{copy} was made, but the outdated {old} could not be deleted"):
                old.unlink()
        return copy, outdated


def _backups(folder: Path, stem: str) -> dict[int, Path]:
    """Return the copies that backups made of one database, by their number."""
    name = re.compile(rf"{re.escape(stem)}-([0-9]{{6,}})-[0-9]{{8}}T[0-9]{{6}}{re.escape(SUFFIX)}")
    found = ((name.fullmatch(path.name), path) for path in folder.iterdir())
    return {int(match[1]): path for match, path in found if match}


def copy_beside(database: Path, label: str) -> Path:
    """Make a checked copy of a database beside it, and return it. The caller holds the lock of `only_one`.

    Its name is the database's and the label, with a number if that is taken.
    Raises: WarehouseError if that fails.
    """
    database = real_database(database)
    with _explained(f"{database} could not be copied"):
        copy = _free_name(database, label)
        _copy(database, copy, _unfinished(database))
        return copy


def _unfinished(database: Path) -> Path:
    return database.with_name(f"{database.name}.unfinished")


def _free_name(database: Path, label: str) -> Path:
    name = database.with_name(f"{database.name}.{label}")
    candidates = chain([name], (name.with_name(f"{name.name}-{number}") for number in count(2)))
    return next(path for path in candidates if not any(map(os.path.lexists, _parts(path))))


def _parts(database: Path) -> list[Path]:
    """Return the paths that a database's files may have, its own last."""
    return [database.with_name(database.name + ending) for ending in (*SIDE_FILES, "")]


def _remove(database: Path) -> None:
    for part in _parts(database):
        part.unlink(missing_ok=True)


def _copy(source: Path, target: Path, unfinished: Path) -> None:
    """Write a consistent, checked copy of a database that may be in use, under a name that appears when it is whole."""
    _remove(unfinished)
    try:
        make_private_database(unfinished)
        with (
            closing(open_to_read(source)) as reading,
            closing(sqlite3.connect(unfinished)) as writing,
        ):
            reading.backup(writing)
            # One file, and no log beside it.
            writing.execute("pragma journal_mode = delete")
        check(unfinished)
        unfinished.replace(target)
    finally:
        _remove(unfinished)


def make_development_copy(database: Path) -> Path:
    """Copy the database to where dbt's target `dev` builds, in the place of an earlier such copy. Return the path.

    Raises: WarehouseError if there is no database, or it cannot be copied.
    """
    target = database.with_name(f"{database.name}.dev")
    with _explained(f"{database} could not be copied to {target}"):
        if not database.is_file():
            raise WarehouseError(f'There is no database at {database} yet: run "make run" first.')
        _remove(target)
        _copy(database, target, _unfinished(target))
    return target


def restore_backup(copy: Path, database: Path, *, force: bool) -> tuple[Contents, Path | None]:
    """Put a copy in the place of the database, in one transaction that readers do not notice before its end.

    What was there is kept beside it, as a copy. Return what is there now, and where the former database went. The
    caller holds the lock of `only_one`.
    Raises: WarehouseError if the copy is damaged, of a newer schema version or the database itself, or if the database
    has recorded more than the copy, or is damaged, unless `force`.
    """
    database = real_database(database)
    with _explained(f"{copy} could not be put in the place of {database}"):
        if not copy.is_file():
            raise WarehouseError(f"There is no file {copy}.")
        if database.exists() and copy.samefile(database):
            raise WarehouseError(f"{copy} is the database itself: there is nothing to restore. Nothing was changed.")
        incoming = check(copy)
        kept: Path | None = None
        if not database.exists():
            _replace(copy, database)
        elif (present := _present(database, force=force)) is None:
            kept = _replace(copy, database)
        else:
            if present.steps_recorded > incoming.steps_recorded and not force:
                raise WarehouseError(
                    f"{database} has recorded {present.steps_recorded:,} steps of the extractor, the latest at "
                    f"{present.loaded_at or 'no time'} UTC, and {copy} {incoming.steps_recorded:,}, the latest at "
                    f"{incoming.loaded_at or 'no time'} UTC: the database is newer. "
                    "Nothing was changed. --force puts the older one in its place."
                )
            kept = copy_beside(database, f"before-restore-{_now()}")
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
    kept = _free_name(database, f"damaged-{_now()}")
    moved: list[tuple[Path, Path]] = []
    try:
        _copy(copy, ready, _unfinished(database))
        with closing(sqlite3.connect(ready)) as connection:
            connection.execute("pragma journal_mode = wal")
        # What SQLite kept beside the database goes first: it would be taken for a part of the new one.
        for part, aside in zip(_parts(database), _parts(kept), strict=True):
            if part.exists():
                part.replace(aside)
                moved.append((part, aside))
        ready.replace(database)
    except BaseException:
        for part, aside in reversed(moved):
            aside.replace(part)
        _remove(ready)
        raise
    return kept if kept.exists() else None


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


def _now() -> str:
    return datetime.now(UTC).strftime(NAME_FORMAT)


@contextmanager
def _explained(what_failed: str) -> Iterator[None]:
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        raise WarehouseError(f"{what_failed}: {error}.") from error
