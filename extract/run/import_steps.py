"""The steps that import a file, each by a command of its own: the nightly run has none of them."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from extract.errors import FileRefusedError
from extract.landing.merge import Counts
from extract.landing.raw_tables import JELLYSTAT_ROWS, TAUTULLI_PLAYS, WATCH_EVENTS, RawTable
from extract.progress import Progress
from extract.run.clock_step import load_clock_if_there_is_none, read_clock
from extract.run.job import Job, Step, load_table
from extract.sources.jellystat import iter_jellystat
from extract.sources.masking import Masker
from extract.sources.playback_backup import iter_backup
from extract.sources.row_hash import hash_of
from extract.sources.tautulli import iter_tautulli

Row = dict[str, Any]
Read = Callable[[Path, Progress], Iterator[Row]]


def backup_step(file: Path) -> Step:
    """Return a step that loads a backup file of the plugin."""

    def load_backup(job: Job, progress: Progress) -> Counts:
        load_clock_if_there_is_none(job, progress)
        counts = load_table(job, WATCH_EVENTS, iter_backup(file, progress))
        if not counts.read:
            raise FileRefusedError(
                f"{file} has no line that could be used. Is it a backup of the Playback Reporting plugin: "
                "tab-separated, without a header, 9 to 12 columns?"
            )
        return counts

    return Step("import-backup", "A backup file of the plugin.", read_clock, load_backup)


def jellystat_step(file: Path) -> Step:
    """Return a step that loads a backup of Jellystat, of either format."""
    return _step("import-jellystat", "A backup of Jellystat.", file, iter_jellystat, JELLYSTAT_ROWS)


def tautulli_step(file: Path) -> Step:
    """Return a step that loads a database of Tautulli."""
    return _step("import-tautulli", "A database of Tautulli.", file, iter_tautulli, TAUTULLI_PLAYS)


def _step(name: str, summary: str, file: Path, read: Read, table: RawTable) -> Step:
    """Return a step that loads what a file holds into its raw table: all of it, or nothing."""

    def load(job: Job, progress: Progress) -> Counts:
        rows = _masked(read(file, progress), Masker(job.settings.secrets()))
        collected = job.warehouse.collect(table, rows).read
        for id_ in job.warehouse.take_out_invalid_json(table, "payload"):
            progress.reject(f"{id_!r:.40}: its JSON is nested too deep, or otherwise none that the database can read")
            collected -= 1
        if not collected:
            raise FileRefusedError(f"{file} has no row: nothing was loaded. Name a file that holds a history.")
        load_clock_if_there_is_none(job, progress)
        counts = job.warehouse.load((table,), job.loaded_at)[table.name]
        counts.read = collected
        return counts

    return Step(name, summary, read_clock, load)


def _masked(rows: Iterable[Row], masker: Masker) -> Iterator[Row]:
    """Yield rows with our own keys masked in their payloads."""
    for row in rows:
        body = row["payload"].encode()
        masked = masker.in_body(body)
        yield row if masked == body else row | {"payload": masked.decode(), "row_hash": hash_of(masked.decode())}
