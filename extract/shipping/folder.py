"""A folder of snapshots, and a link to the current one.

    FOLDER/current -> snapshots/000012-20260102T030405
    FOLDER/snapshots/000012-20260102T030405/<table>/*.parquet

A reader that follows `current` once, and reads there, sees one snapshot, whatever is shipped meanwhile: the one before
the current stays until the next.
"""

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from extract.errors import ShipError
from extract.landing.paths import make_folder

CURRENT = "current"
SNAPSHOTS = "snapshots"
# Held while a snapshot is made; also the sign that a folder is one of ours.
LOCK = ".emby-elt.lock"
NAME = re.compile(r"(\d{6,})-\d{8}T\d{6}")
UNFINISHED = "unfinished"


@contextmanager
def next_snapshot(folder: Path) -> Iterator[tuple[Path, Path | None, int]]:
    """Yield an empty folder to fill, the current snapshot if there is one, and the number of the new one.

    What was filled becomes the current snapshot if the block ends well. Otherwise `current` stays as it is, and what is
    left over is removed now or by the next. The snapshot before stays, older ones are removed.
    Raises: ShipError if the folder holds something else, is in use, or cannot be written.
    """
    folder = Path(os.path.realpath(folder))
    with _explained(folder):
        _refuse_foreign(folder)
        make_folder(folder)
        lock = FileLock(folder / LOCK, mode=0o600)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            raise ShipError(f"Another ship to {folder} is at work. Wait for it to end.") from None
        try:
            yield from _replaced(folder)
        finally:
            lock.release()


def _refuse_foreign(folder: Path) -> None:
    if folder.is_symlink():
        raise ShipError(f"{folder} is a link that leads back to itself. Name a folder.")
    if os.path.lexists(folder) and not folder.is_dir():
        raise ShipError(f"{folder} is not a folder. Name one that is empty, or that does not exist yet.")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / LOCK).exists():
        raise ShipError(
            f"{folder} holds something else already. Name a folder that is empty, or that does not exist yet."
        )


def _replaced(folder: Path) -> Iterator[tuple[Path, Path | None, int]]:
    snapshots, link = folder / SNAPSHOTS, folder / CURRENT
    make_folder(snapshots)
    known = _numbered(snapshots)
    current = snapshots / link.readlink().name if link.is_symlink() else None
    if current is not None and current not in known:
        # Somebody has moved the link or removed what it leads to: there is nothing to build on.
        current = None
    before = max(
        (path for path in known if current and known[path] < known[current]), key=known.__getitem__, default=None
    )
    _remove_all_but(snapshots, current, before)
    number = max(known.values(), default=0) + 1
    filling = snapshots / UNFINISHED
    filling.mkdir(mode=0o700)
    try:
        yield filling, current, number
        finished = snapshots / f"{number:06}-{datetime.now(UTC):%Y%m%dT%H%M%S}"
        for path in (*filling.rglob("*"), filling):
            _sync(path)
        filling.rename(finished)
    except BaseException:
        # What cannot be removed now, the next one removes.
        shutil.rmtree(filling, ignore_errors=True)
        raise
    new_link = folder / f"{CURRENT}.new"
    new_link.unlink(missing_ok=True)
    new_link.symlink_to(Path(SNAPSHOTS, finished.name))
    _sync(snapshots)
    new_link.replace(link)
    _sync(folder)
    with suppress(OSError):
        _remove_all_but(snapshots, finished, current)


def _numbered(snapshots: Path) -> dict[Path, int]:
    found = ((path, NAME.fullmatch(path.name)) for path in snapshots.iterdir())
    return {path: int(match[1]) for path, match in found if match}


def _remove_all_but(snapshots: Path, *kept: Path | None) -> None:
    for path in (*_numbered(snapshots), snapshots / UNFINISHED):
        if path not in kept and path.exists():
            shutil.rmtree(path)


def _sync(path: Path) -> None:
    """Bring a file's content, or a folder's names, to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _explained(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise ShipError(f"{folder} cannot be written: {error}.") from error
