"""Resolve paths, and make files and folders that only their owner may read."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from extract.errors import SettingsError, WarehouseError
from extract.landing.migrations import schema_version_of

# What SQLite may keep beside a database. They belong to it.
SIDE_FILES = ("-journal", "-wal", "-shm")


def expand_home(path: str) -> str:
    """Return a path with `~` at its beginning replaced by the home folder.

    Raises: SettingsError for `~name`, and if there is no home folder.
    """
    first, _, _ = path.partition("/")
    if not first.startswith("~"):
        return path
    if first != "~":
        raise SettingsError(
            f"{path!r} begins with {first!r}: only ~ and ~/ stand for a home folder. Write the whole path, "
            f"or ./{path} if the name really begins with ~."
        )
    # The environment alone: dbt's profile knows no other home folder.
    home = os.environ.get("HOME")
    if not home:
        raise SettingsError(f"{path!r} begins with ~, and HOME is not set. Write the whole path, or set HOME.")
    return home.rstrip("/") + path[1:] or "/"


def real_database(path: Path) -> Path:
    """Return the path of a database with all links resolved; it need not exist.

    Raises: WarehouseError if it is not a file, has several hard links, or cannot be looked at.
    """
    real = Path(os.path.realpath(path))
    try:
        if real.is_symlink():
            raise WarehouseError(f"{path} is a link that leads back to itself. Check WAREHOUSE_PATH.")
        if real.is_dir():
            raise WarehouseError(f"{path} is a folder, and the database is a file. Check WAREHOUSE_PATH.")
        if real.exists() and not real.is_file():
            raise WarehouseError(f"{path} is not an ordinary file, as a database is. Check WAREHOUSE_PATH.")
        names = real.stat().st_nlink if real.exists() else 1
    except OSError as error:
        raise WarehouseError(f"{path} cannot be opened ({error}). Check WAREHOUSE_PATH.") from error
    if names > 1:
        raise WarehouseError(
            f"{path} has {names} names (hard links). SQLite keeps a log beside each name, so that work under two of "
            "them destroys the database. Remove the other names, or give this one a file of its own: "
            "copy it, and move the copy here."
        )
    return real


def make_folder(folder: Path) -> None:
    """Make a folder, and those above it, for their owner alone. One that exists stays as it is."""
    if not folder.is_dir():
        make_folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)


def open_private(path: str, flags: int) -> int:
    """Open a file, as the `opener` of `open`; one that is made is for its owner alone."""
    return os.open(path, flags, 0o600)


def make_private_database(path: Path) -> None:
    """Make the file of a database for its owner alone, whatever the umask.

    One that exists becomes private if it has no raw tables yet; otherwise it keeps the mode its owner gave it.
    Raises: OSError, sqlite3.Error.
    """
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
            has_content = schema_version_of(connection) > 0
            if not has_content:
                for part in (path, *(path.with_name(path.name + ending) for ending in SIDE_FILES)):
                    if part.exists():
                        part.chmod(0o600)
