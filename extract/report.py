"""What a run says: a progress bar per step on a terminal, plain lines elsewhere, a summary, complaints."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

import requests
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table
from stamina.instrumentation import RetryDetails

from extract.warehouse import Counts

REJECTIONS_SHOWN = 5


@dataclass
class Outcome:
    """How a step ended. `status`: `ok`, `failed` or `skipped`; `error`: why, unless it is `ok`."""

    step: str
    status: str = "ok"
    counts: Counts = field(default_factory=Counts)
    rejections: list[str] = field(default_factory=list)
    requests: int = 0
    seconds: float = 0.0
    error: str | None = None


class Bar:
    """A watcher that moves a progress bar."""

    def __init__(self, progress: Progress, task: TaskID) -> None:
        self.rejections: list[str] = []
        self._progress = progress
        self._task = task

    def progress(self, done: int, total: int | None, unit: str) -> None:
        """Move the bar; without a total it pulses."""
        self._progress.update(self._task, completed=done, total=total, unit=unit)

    def reject(self, reason: str) -> None:
        """Remember the reason."""
        self.rejections.append(reason)


class Report:
    """Speaks to the one who runs the extractor: results on stdout, all else on stderr."""

    def __init__(self, *, quiet: bool, verbose: bool = False) -> None:
        self._quiet = quiet
        self._verbose = verbose
        self._results = Console(highlight=False, soft_wrap=True)
        self._lines = Console(stderr=True, highlight=False, soft_wrap=True)

    @contextmanager
    def watch(self, step: str) -> Iterator[Bar]:
        """Show how far a step is, while it runs."""
        with Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[unit]}"),
            TimeElapsedColumn(),
            console=self._lines,
            transient=True,
            disable=self._quiet or not self._lines.is_terminal,
        ) as progress:
            yield Bar(progress, progress.add_task(f"{step:<8}", total=None, unit=""))

    def tell(self, outcome: Outcome) -> None:
        """Say how a step ended."""
        if outcome.status == "failed":
            self.complain(f"{outcome.step} failed: {outcome.error}")
        elif not self._quiet:
            ending = (
                f"skipped: {outcome.error}"
                if outcome.status == "skipped"
                else f"{outcome.counts.read:,} rows read in {outcome.seconds:.1f} s{_details(outcome)}"
            )
            self._lines.print(f"{outcome.step}: {ending}", markup=False)
        if outcome.counts.warning:
            self.complain(f"{outcome.step}: {outcome.counts.warning}")
        for reason in outcome.rejections[:REJECTIONS_SHOWN]:
            self.complain(f"{outcome.step}: left out: {reason}")
        if len(outcome.rejections) > REJECTIONS_SHOWN:
            more = len(outcome.rejections) - REJECTIONS_SHOWN
            self.complain(f"{outcome.step}: left out: {more:,} more")

    def responded(self, response: requests.Response) -> None:
        """Say what was asked and how it was answered, if that is wanted. No header is shown: one holds the key."""
        if self._verbose:
            self._lines.print(
                f"{response.request.method} {response.url}: {response.status_code}, {len(response.content):,} bytes "
                f"in {response.elapsed.total_seconds():.2f} s",
                markup=False,
            )

    def retrying(self, details: RetryDetails) -> None:
        """Say that a request is tried again: the hook that the retry library calls."""
        if not self._quiet:
            self._lines.print(
                f"{details.caused_by} Trying again in {details.wait_for:.1f} s.", markup=False, style="yellow"
            )

    def complain(self, message: str) -> None:
        """Say what went wrong, even when quiet."""
        self._lines.print(message, markup=False, style="red")

    def say(self, message: str) -> None:
        """Say a result, unless quiet."""
        if not self._quiet:
            self._results.print(message, markup=False)

    def summarise(self, outcomes: Sequence[Outcome]) -> None:
        """Print the table at the end of a run."""
        if self._quiet:
            return
        table = Table("step", "status", box=None, pad_edge=False)
        for heading in ("read", "inserted", "updated", "removed", "left out", "requests", "seconds"):
            table.add_column(heading, justify="right")
        for outcome in outcomes:
            counts = outcome.counts
            numbers = (
                *(counts.read, counts.inserted, counts.updated, counts.removed),
                *(len(outcome.rejections), outcome.requests),
            )
            table.add_row(
                outcome.step, outcome.status, *(f"{number:,}" for number in numbers), f"{outcome.seconds:.1f}"
            )
        self._results.print(table)


def _details(outcome: Outcome) -> str:
    """Return what became of the rows, where that is not plain, and the note of the step."""
    counts, details = outcome.counts, []
    known = counts.read - counts.inserted - counts.updated
    if known:
        changed = f", {counts.updated:,} changed" if counts.updated else ""
        details.append(f"{counts.inserted:,} new{changed}, {known:,} known already")
    details += [counts.note] if counts.note else []
    return ": " + ", ".join(details) if details else ""
