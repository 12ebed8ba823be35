"""File locks: one extractor at a time on a database, and one backup."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from extract.errors import WarehouseError
from extract.landing.paths import make_folder, open_private, real_database


@contextmanager
def only_one(database: Path) -> Iterator[None]:
    """Hold the database's lock for the block. Links and other spellings of its path lead to the same lock.

    The operating system releases it when the process ends, even if it is killed.
    Raises: WarehouseError, saying who holds it and since when, if another process does.
    """
    real = real_database(database)
    holder = Path(f"{real}.lock.json")
    lock = FileLock(f"{real}.lock", mode=0o600)
    try:
        make_folder(real.parent)
        lock.acquire(timeout=0)
    except Timeout:
        raise WarehouseError(
            f"Another extractor is at work on {database}: {_who(holder)}. Wait for it to end, or end it."
        ) from None
    except OSError as error:
        raise _cannot_be_made(lock, error) from error
    try:
        since = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S")
        try:
            with open(holder, "w", encoding="utf-8", opener=open_private) as file:
                json.dump({"process": os.getpid(), "since": since}, file)
        except OSError as error:
            raise WarehouseError(f"{holder} cannot be written: {error}.") from error
        yield
    finally:
        lock.release()


@contextmanager
def only_one_backup(database: Path) -> Iterator[None]:
    """Hold the lock of a database's backups for the block. An extractor may work meanwhile.

    Raises: WarehouseError if another backup of the database is being made.
    """
    lock = FileLock(f"{real_database(database)}.backup.lock", mode=0o600)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise WarehouseError(f"Another backup of {database} is being made. Wait for it to end.") from None
    except OSError as error:
        raise _cannot_be_made(lock, error) from error
    try:
        yield
    finally:
        lock.release()


def _cannot_be_made(lock: FileLock, error: OSError) -> WarehouseError:
    return WarehouseError(
        f"{lock.lock_file} cannot be made ({error}). Check WAREHOUSE_PATH, and that you may write there."
    )


def _who(holder: Path) -> str:
    try:
        known = json.loads(holder.read_text(encoding="utf-8"))
        return f"process {known['process']}, since {known['since']} UTC"
    except (OSError, ValueError, KeyError):
        return "it has only just begun"
