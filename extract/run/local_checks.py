"""What doctor checks on this machine: the database, the disk and dbt."""

import os
import shutil
import sqlite3
import sys
from contextlib import closing
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from extract.errors import WarehouseError
from extract.landing import integrity
from extract.landing.copies import refuse_to_begin_anew
from extract.landing.paths import real_database
from extract.run.finding import Verdict

LEAST_FREE_BYTES = 500_000_000
MARTS = ("library_items", "watch_sessions", "user_item_stats")
# A program that is at work lets go sooner.
LOCK_TIMEOUT_SECONDS = 2


@dataclass(frozen=True)
class Found:
    """What the database holds. `contents`: None while nothing was loaded; `tables`: the names of all of them."""

    contents: integrity.Contents | None = None
    tables: frozenset[str] = frozenset()


def check_database(database: Path) -> tuple[Verdict, str, Found]:
    """Check that the database can be used, reading all of it once. Return also what it holds.

    Raises: WarehouseError if it cannot be read or is none of ours.
    """
    if not database.exists():
        if database.is_symlink():
            raise WarehouseError(
                f"{database} is a symbolic link to {database.readlink()}, which does not exist. Is a disk not "
                "mounted? If not, remove the link or make what it leads to."
            )
        folder = _nearest_folder(database)
        if not folder.is_dir() or not os.access(folder, os.W_OK | os.X_OK):
            raise WarehouseError(f"{database} cannot be made: you may not write to {folder}. Check WAREHOUSE_PATH.")
        refuse_to_begin_anew(real_database(database))
        return "ok", f"{database} does not exist yet: make run makes it.", Found()
    if not database.is_file():
        kind = "a folder" if database.is_dir() else "no regular file"
        raise WarehouseError(f"{database} is {kind}. Put the path of a file into WAREHOUSE_PATH.")
    if not os.access(database, os.W_OK) or not os.access(database.parent, os.W_OK):
        raise WarehouseError(
            f"you may not write to {database} or to its folder, so that nothing can be loaded. Is the disk mounted "
            "read-only? If not, give yourself the right to."
        )
    if not database.stat().st_size:
        refuse_to_begin_anew(real_database(database))
        message = (
            "is an empty file. If it held data once, make restore FILE=... puts a copy back; else make run fills it."
        )
        return "warning", f"{database} {message}", Found()
    tables = _tables(database)
    if not tables:
        return "ok", f"{database} has no tables yet: make run fills it.", Found()
    contents = integrity.check(database)
    loaded = f"last loaded {contents.loaded_at} UTC" if contents.loaded_at else "never loaded"
    return "ok", f"{database} is sound, with {contents.events:,} events, {loaded}.", Found(contents, tables)


def check_disk(database: Path) -> tuple[Verdict, str]:
    """Check that the disk has room for a load and a build."""
    free = shutil.disk_usage(_nearest_folder(database)).free
    size = database.stat().st_size if database.exists() else 0
    if free < max(LEAST_FREE_BYTES, 2 * size):
        return "warning", (
            f"{free / 1e6:,.0f} MB are free beside a database of {size / 1e6:,.0f} MB. A load and a build write up "
            "to as much again: make room."
        )
    return "ok", f"{free / 1e9:,.1f} GB are free."


def check_dbt(found: Found | None) -> tuple[Verdict, str]:
    """Check that dbt is installed, and that it has built the tables that people read.

    `found`: None if the database could not be looked into.
    """
    try:
        versions = ", ".join(f"{name} {metadata.version(name)}" for name in ("dbt-core", "dbt-sqlite"))
    except metadata.PackageNotFoundError as missing:
        return "fault", f"{missing.name} is not installed: run make install."
    if not Path(sys.executable).with_name("dbt").exists():
        return "fault", f"its command is not beside {sys.executable}: run make install."
    if found is None:
        return "ok", f"{versions}; what is built could not be seen."
    lacking = [mart for mart in MARTS if mart not in found.tables]
    if len(lacking) == len(MARTS):
        return "ok", f"{versions}; nothing is built yet: make run builds it."
    if lacking:
        return "warning", f"{versions}, but {', '.join(lacking)} are not built: run make build, and see why it fails."
    return "ok", f"{versions}; the marts are built."


def _tables(database: Path) -> frozenset[str]:
    try:
        with closing(
            sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True, timeout=LOCK_TIMEOUT_SECONDS)
        ) as connection:
            rows = connection.execute("select name from sqlite_master where type = 'table'").fetchall()
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF not in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
            raise WarehouseError(f"{database} cannot be read: {error}.") from error
        raise WarehouseError(
            f"{database} is locked by another program, for longer than {LOCK_TIMEOUT_SECONDS} s: one that has it open "
            f"exclusively, such as a database browser with changes that are not saved. lsof {database} names it."
        ) from error
    except sqlite3.Error as error:
        raise WarehouseError(f"{database} is not a database that can be read: {error}.") from error
    return frozenset(name for (name,) in rows)


def _nearest_folder(path: Path) -> Path:
    """Return the nearest parent that exists."""
    return next(parent for parent in path.absolute().parents if parent.exists())
