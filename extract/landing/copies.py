"""Consistent, checked copies of a database that may be in use: backups, of which the last few are kept, and others."""

import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from itertools import chain, count
from pathlib import Path

from extract.errors import WarehouseError
from extract.landing.integrity import check, open_to_read, rows_archived
from extract.landing.lock import only_one_backup
from extract.landing.paths import SIDE_FILES, make_folder, make_private_database, real_database

# Not .db: dbt-sqlite attaches every file of that name in a folder it is pointed at.
SUFFIX = ".backup"
NAME_FORMAT = "%Y%m%dT%H%M%S"


@dataclass(frozen=True)
class Backup:
    """What a backup did: the new copy, outdated copies that it deleted, and those that it kept, as they hold more."""

    copy: Path
    deleted: list[Path] = field(default_factory=list)
    fuller: list[Path] = field(default_factory=list)


def folder_of_backups(database: Path) -> Path:
    """Return the folder in which copies of a database are kept, unless another one is named."""
    return real_database(database).parent / "backups"


def make_backup(database: Path, folder: Path, keep: int) -> Backup:
    """Copy the database into a folder, check the copy, and delete all but the last `keep` copies of it there.

    A copy that holds more plays than the new one, of whatever source, is never deleted: they only ever become more, so
    that the database is another one than it was. A copy that is interrupted leaves no file under its name; what it
    leaves, the next one removes. Copies of other databases are not touched.
    Raises: WarehouseError if there is no database, or the copy cannot be made.
    """
    database, folder = real_database(database), Path(os.path.realpath(folder))
    if not database.exists():
        raise WarehouseError(
            f"There is no database at {database}. If there was one, is its disk mounted, and WAREHOUSE_PATH right? "
            "make restore FILE=... puts a copy back. If nothing was loaded yet, run make run."
        )
    with only_one_backup(database), explained(f"{database} could not be copied into {folder}"):
        make_folder(folder)
        # Databases of one name may share a folder: the path tells them apart.
        stem = _stem_of(database)
        earlier = _backups(folder, stem)
        # A number, since a clock may have been wrong.
        number = max(earlier, default=0) + 1
        copy = folder / f"{stem}-{number:06}-{now()}{SUFFIX}"
        copy_database(database, copy, folder / f"{stem}.unfinished")
        backup, held = Backup(copy), rows_archived(copy)
        for old in [earlier[old] for old in sorted(earlier)[: max(len(earlier) + 1 - keep, 0)]]:
            with explained(f"{copy} was made, but the outdated {old} could not be deleted"):
                if rows_archived(old) > held:
                    backup.fuller.append(old)
                else:
                    old.unlink()
                    backup.deleted.append(old)
        return backup


def refuse_to_begin_anew(database: Path) -> None:
    """Raise WarehouseError where a database is missing that once was there: by what is left of it, or its backups."""
    if database.exists() and database.stat().st_size:
        return
    log = database.with_name(f"{database.name}-wal")
    if log.exists() and log.stat().st_size:
        raise WarehouseError(
            f"{database} is missing or empty, but {log.name} beside it holds what was written last. Nothing was "
            "changed. Put the file back, or a copy with make restore FILE=...; to begin a new database, move "
            f"{log.name} away."
        )
    folder = folder_of_backups(database)
    backups = _backups(folder, _stem_of(database)) if folder.is_dir() else {}
    if backups:
        raise WarehouseError(
            f"{database} is missing or empty, but there are copies of it. Is a disk not mounted? The last copy is put "
            f"back by: make restore FILE={backups[max(backups)]}. To begin a new database, move "
            f"{folder / _stem_of(database)}-*{SUFFIX} away."
        )


def _stem_of(database: Path) -> str:
    """Return how the names of a database's backups begin. `database`: with all links resolved."""
    return f"{database.stem}-{sha256(os.fsencode(database)).hexdigest()[:8]}"


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
    with explained(f"{database} could not be copied"):
        copy = free_name(database, label)
        copy_database(database, copy, unfinished_copy_of(database))
        return copy


def unfinished_copy_of(database: Path) -> Path:
    """Return the name that a copy beside a database has until it is whole. A later copy removes what is left there."""
    return database.with_name(f"{database.name}.unfinished")


def free_name(database: Path, label: str) -> Path:
    """Return a path beside a database, named after it and the label, with a number where that is taken."""
    name = database.with_name(f"{database.name}.{label}")
    candidates = chain([name], (name.with_name(f"{name.name}-{number}") for number in count(2)))
    return next(path for path in candidates if not any(map(os.path.lexists, files_of(path))))


def files_of(database: Path) -> list[Path]:
    """Return the paths that the files of a database may have: those that SQLite keeps beside it, then its own."""
    return [database.with_name(database.name + ending) for ending in (*SIDE_FILES, "")]


def remove_database(database: Path) -> None:
    """Delete all files of a database, where they exist."""
    for part in files_of(database):
        part.unlink(missing_ok=True)


def copy_database(source: Path, target: Path, unfinished: Path) -> None:
    """Write a consistent, checked copy of a database that may be in use.

    It is written as `unfinished`, and renamed to `target` when it is whole.
    Raises: OSError, sqlite3.Error, or WarehouseError if the copy is damaged.
    """
    remove_database(unfinished)
    try:
        make_private_database(unfinished)
        with (
            closing(open_to_read(source)) as reading,
            closing(sqlite3.connect(unfinished)) as writing,
        ):
            reading.backup(writing)
            # One file, and no log beside it.
            writing.execute("pragma journal_mode = delete")
        check(unfinished, copy_of=source)
        unfinished.replace(target)
    finally:
        remove_database(unfinished)


def make_development_copy(database: Path) -> Path:
    """Copy the database to where dbt's target `dev` builds, in the place of an earlier such copy. Return the path.

    Raises: WarehouseError if there is no database, or it cannot be copied.
    """
    target = database.with_name(f"{database.name}.dev")
    with explained(f"{database} could not be copied to {target}"):
        if not database.is_file():
            raise WarehouseError(f'There is no database at {database} yet: run "make run" first.')
        remove_database(target)
        copy_database(database, target, unfinished_copy_of(target))
    return target


def now() -> str:
    """Return the time for the name of a file, UTC."""
    return datetime.now(UTC).strftime(NAME_FORMAT)


@contextmanager
def explained(what_failed: str) -> Iterator[None]:
    """Turn errors of the disk and of SQLite into a WarehouseError that says what failed."""
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        raise WarehouseError(f"{what_failed}: {error}.") from error
