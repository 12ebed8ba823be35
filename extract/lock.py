"""One extractor at a time on one database."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from extract.errors import WarehouseError


@contextmanager
def only_one(database: Path) -> Iterator[None]:
    """Hold the database's lock for the block. The system lets go of it however the process ends.

    Raises: WarehouseError, saying who holds it and since when, if another process does.
    """
    lock = FileLock(f"{database}.lock")
    holder = Path(f"{database}.lock.json")
    try:
        database.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=0)
    except Timeout:
        raise WarehouseError(
            f"Another extractor is at work on {database}: {_who(holder)}. Wait for it to end, or end it."
        ) from None
    except OSError as error:
        raise WarehouseError(
            f"{lock.lock_file} cannot be made ({error}). Check WAREHOUSE_PATH, and that you may write there."
        ) from error
    try:
        since = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S")
        try:
            holder.write_text(json.dumps({"process": os.getpid(), "since": since}), encoding="utf-8")
        except OSError as error:
            raise WarehouseError(f"{holder} cannot be written: {error}.") from error
        yield
    finally:
        lock.release()


def _who(holder: Path) -> str:
    try:
        known = json.loads(holder.read_text(encoding="utf-8"))
        return f"process {known['process']}, since {known['since']} UTC"
    except (OSError, ValueError, KeyError):
        return "it has only just begun"
