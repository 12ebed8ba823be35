"""What a command prints: a progress bar per step on a terminal, lines, warnings, errors and tables."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta

import requests
from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, SpinnerColumn, Task, TaskID, TextColumn
from rich.table import Table
from rich.text import Text
from stamina.instrumentation import RetryDetails

from extract.landing.merge import Counts
from extract.sources.masking import Masker
from extract.sources.retries import ATTEMPTS

REJECTIONS_SHOWN = 5


@dataclass
class Outcome:
    """How a step ended.

    `status`: `ok`, `failed` or `skipped`; `error`: why, unless it is `ok`. `was_tried`: false if it failed because
    another step had found its server unreachable.
    """

    step: str
    status: str = "ok"
    counts: Counts = field(default_factory=Counts)
    rejections: list[str] = field(default_factory=list)
    requests: int = 0
    seconds: float = 0.0
    error: str | None = None
    was_tried: bool = True


class TimeLeft(ProgressColumn):
    """The time left where it can be estimated, else the time passed."""

    def render(self, task: Task) -> Text:
        """Return the time as text."""
        if task.time_remaining is not None and not task.finished:
            return Text(f"{timedelta(seconds=int(task.time_remaining))} left")
        return Text(f"{timedelta(seconds=int(task.elapsed or 0))} so far")


def progress_bars(console: Console, *, disable: bool = False) -> Progress:
    """Return rich's display of progress bars; a `Bar` is one of them. `disable`: show nothing."""
    return Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[amount]}", markup=False),
        TimeLeft(),
        console=console,
        transient=True,
        disable=disable,
    )


class Bar:
    """The progress of a step or of dbt as a bar. It is a `Progress` of `extract/progress.py`."""

    def __init__(self, progress: Progress, step: str) -> None:
        self.rejections: list[str] = []
        self._progress = progress
        self._task: TaskID = progress.add_task(f"{step:<8}", total=None, amount="")

    def advance(self, done: int, total: int | None, unit: str) -> None:
        """Move the bar; without a total it pulses."""
        amount = f"{done:,} {unit}" if total is None else f"{done:,} of {total:,} {unit}"
        self._progress.update(self._task, completed=done, total=total, amount=amount)

    def reject(self, reason: str) -> None:
        """Keep the reason."""
        self.rejections.append(reason)


class Report:
    """Prints results to stdout, and everything else to stderr. Secrets are masked."""

    def __init__(self, *, quiet: bool, verbose: bool = False) -> None:
        self._quiet = quiet
        self._verbose = verbose
        # The last line of defence: what is told here may quote a server.
        self.masker = Masker([])
        self._failures: list[str] = []
        self._retried: frozenset[str] = frozenset()
        self._results = Console(highlight=False, soft_wrap=True)
        self._lines = Console(stderr=True, highlight=False, soft_wrap=True)

    @contextmanager
    def progress_of(self, step: str) -> Iterator[Bar]:
        """Show the progress of a step for the block."""
        with progress_bars(self._lines, disable=self._quiet or not self._lines.is_terminal) as progress:
            yield Bar(progress, step)

    def tell(self, outcome: Outcome) -> None:
        """Print how a step ended, and which rows it left out. Why it failed is kept for `conclude`."""
        ending = {
            "ok": f"{outcome.counts.read:,} rows read in {outcome.seconds:.1f} s{_details(outcome)}",
            "skipped": f"skipped: {outcome.error}",
            "failed": "failed, see the end" if outcome.was_tried else str(outcome.error),
        }[outcome.status]
        self.note(f"{outcome.step}: {ending}")
        if outcome.counts.warning:
            self.complain(f"{outcome.step}: {outcome.counts.warning}")
        if outcome.status == "failed" and outcome.was_tried:
            self.fail(f"{outcome.step} failed: {outcome.error}")
        for reason in outcome.rejections[:REJECTIONS_SHOWN]:
            self.complain(f"{outcome.step}: left out: {reason}")
        if len(outcome.rejections) > REJECTIONS_SHOWN:
            more = len(outcome.rejections) - REJECTIONS_SHOWN
            self.complain(f"{outcome.step}: left out: {more:,} more")

    def note(self, message: str) -> None:
        """Print a line about the work, unless quiet."""
        if not self._quiet:
            self._lines.print(self.masker.in_text(message), markup=False)

    def fail(self, message: str) -> None:
        """Keep the cause of a failure, which `conclude` prints."""
        self._failures.append(message)

    def conclude(self) -> None:
        """Print the causes of failure that were kept, even when quiet: people read the last lines."""
        failures, self._failures = self._failures, []
        for failure in failures:
            self.complain(failure)

    def responded(self, response: requests.Response) -> None:
        """Print a request with its status, size and time, if verbose. No header is shown: one holds the key."""
        if self._verbose:
            self._lines.print(
                f"{response.request.method} {response.url}: {response.status_code}, {len(response.content):,} bytes "
                f"in {response.elapsed.total_seconds():.2f} s",
                markup=False,
            )

    def retrying(self, details: RetryDetails) -> None:
        """Print that a request is tried again; the retry library calls this. The same cause is printed once."""
        cause = str(details.caused_by)
        is_told, self._retried = cause in self._retried, self._retried | {cause}
        again = f"ry {details.retry_num + 1} of {ATTEMPTS} in {details.wait_for:.1f} s."
        if not self._quiet:
            self._lines.print(f"  t{again}" if is_told else f"{cause} T{again}", markup=False, style="yellow")

    def complain(self, message: str) -> None:
        """Print what went wrong, even when quiet."""
        self._lines.print(self.masker.in_text(message), markup=False, style="red")

    def say(self, message: str) -> None:
        """Print a result, unless quiet."""
        if not self._quiet:
            self._results.print(self.masker.in_text(message), markup=False)

    def show(self, table: Table) -> None:
        """Print a table of results, after an empty line, unless quiet."""
        if not self._quiet:
            self._results.print()
            self._results.print(table)

    def summarise(self, outcomes: Sequence[Outcome]) -> None:
        """Print the table of all steps at the end of a run, unless quiet."""
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
    """Return how many rows were new, changed and known, where not all were new, and the note of the step."""
    counts, details = outcome.counts, []
    known = counts.read - counts.inserted - counts.updated
    if known:
        changed = f", {counts.updated:,} changed" if counts.updated else ""
        details.append(f"{counts.inserted:,} new{changed}, {known:,} known already")
    details += [counts.note] if counts.note else []
    return ": " + ", ".join(details) if details else ""
