"""Observations of a backup of the Playback Reporting plugin: a file of tab-separated values without a header."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from extract.errors import FileRefusedError
from extract.progress import Progress
from extract.sources.clock import TIME_FORMAT
from extract.sources.playback import observation

Row = dict[str, Any]

# DateCreated, UserId, ItemId, ItemType, ItemName, PlaybackMethod, ClientName, DeviceName, PlayDuration; then
# PauseDuration, RemoteAddress and TranscodeReasons, each missing from ever older files. Jellyfin's have none of them.
COLUMNS = 12
FEWEST_COLUMNS = 9
# The column of the pause.
LAST_NUMBER = 10


def iter_backup(path: Path, progress: Progress) -> Iterator[Row]:
    """Yield the observations of a backup file. A line that cannot be used is rejected, with its number and the reason.

    Shape: the received columns of `raw_emby_watch_events`; what an older file lacks is null. Units: seconds, the play
    duration with its pauses; times as the server's clock showed them.
    Raises: FileRefusedError if the file cannot be read at all.
    """
    try:
        with path.open(encoding="utf-8-sig", errors="replace", newline="\n") as lines:
            most_cells = 0
            for number, line in enumerate(lines, start=1):
                cells = line.rstrip("\r\n").split("\t")
                reason = _reason_against(cells)
                # Every line has an end. Without one it lacks cells, or its last number may lack digits.
                if not line.endswith("\n") and (len(cells) < most_cells or len(cells) <= LAST_NUMBER):
                    reason = "it is cut off: the file is not whole. Make the backup again, or copy it again"
                most_cells = max(most_cells, len(cells))
                if reason is None:
                    yield observation("backup", *cells, *[None] * (COLUMNS - len(cells)))
                elif line.strip():
                    progress.reject(f"line {number}: {reason}")
    except OSError as error:
        raise FileRefusedError(f"{path} cannot be read: {error.strerror}.") from error


def _reason_against(cells: list[str]) -> str | None:
    if not FEWEST_COLUMNS <= len(cells) <= COLUMNS:
        return f"{FEWEST_COLUMNS} to {COLUMNS} columns were expected, and there are {len(cells)}"
    played_at, user_id, item_id = cells[:3]
    if not _is_time(played_at):
        return f"{played_at!r:.40} is no time"
    if not user_id or not item_id:
        return "the user or the item is missing"
    for seconds in cells[8:10]:
        if seconds and not _is_whole_number(seconds):
            return f"{seconds!r:.40} is no number of seconds"
    return None


def _is_time(text: str) -> bool:
    try:
        return datetime.strptime(text.partition(".")[0], TIME_FORMAT) is not None  # noqa: DTZ007 - a wall time
    except ValueError:
        return False


def _is_whole_number(text: str) -> bool:
    digits = text.removeprefix("-")
    return digits.isascii() and digits.isdecimal()
