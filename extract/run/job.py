"""What a step of a run is, what it works with, and how it may end early."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

from extract.errors import ExtractError, UnreachableError
from extract.landing.merge import Counts
from extract.landing.raw_tables import RawTable
from extract.landing.warehouse import Warehouse
from extract.progress import Progress
from extract.settings import Settings
from extract.sources import emby
from extract.sources.http import Client, OnResponse

Row = dict[str, Any]
HistorySource = Literal["auto", "query", "playlist"]


class StepSkippedError(Exception):
    """A step has nothing to work with, and the run goes on without it; the message says what that costs."""


class PartlyLoadedError(ExtractError):
    """A step failed after it had loaded something: `counts`."""

    def __init__(self, message: str, counts: Counts) -> None:
        super().__init__(message)
        self.counts = counts


@dataclass(frozen=True)
class RemovalLimit:
    """How many items one listing may remove: a share of those known, or a number."""

    limit: float
    is_share: bool

    def allows(self, removed: int, known: int) -> bool:
        """Tell whether so many of so many may go."""
        return removed <= (self.limit * known if self.is_share else self.limit)

    def __str__(self) -> str:
        """Return it as it is said."""
        return f"{self.limit:.0%} of them" if self.is_share else f"{self.limit:g}"


A_THIRD = RemovalLimit(1 / 3, is_share=True)


@dataclass(frozen=True)
class Options:
    """What the command line may change.

    `days`: how far back the playlist is read. `page_size`: objects an answer.
    """

    days: int = 2000
    page_size: int = 500
    full_refresh: bool = False
    history_source: HistorySource = "auto"
    max_removals: RemovalLimit = A_THIRD


@dataclass(frozen=True)
class Job:
    """What a step works with.

    `clients` collects those it made, for their counts of requests. `unreachable`: by service, why it gave no answer to
    a step that could do without; no later step has to try again.
    """

    settings: Settings
    warehouse: Warehouse
    options: Options
    loaded_at: str
    on_response: OnResponse
    clients: list[Client] = field(default_factory=list)
    unreachable: dict[str, UnreachableError] = field(default_factory=dict)

    def emby(self) -> Client:
        """Return a client for the household's server."""
        self.clients.append(emby.connect(self.settings.emby(), self.on_response))
        return self.clients[-1]


@dataclass(frozen=True)
class Step:
    """A step of a run, and a command of its own.

    `check` raises SettingsError where a setting that `run` needs is missing or wrong. `service` is the server that it
    asks, by the name that its client has in messages; None if it asks none. `options` are those of the command line
    that mean something to this step.
    """

    name: str
    summary: str
    check: Callable[[Settings], object]
    run: Callable[[Job, Progress], Counts]
    service: str | None = None
    options: tuple[str, ...] = ()


def load_table(job: Job, table: RawTable, rows: Iterable[Row], *collected: RawTable) -> Counts:
    """Load a table together with those that were collected before it. Return what happened to it."""
    read = job.warehouse.collect(table, rows).read
    counts = job.warehouse.load((*collected, table), job.loaded_at)[table.name]
    counts.read = read
    return counts
