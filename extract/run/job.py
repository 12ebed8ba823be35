"""What a step of a run is, what it works with, and the errors by which it may end early."""

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
    """A step lacks an optional setting, and the run goes on without it; the message says with what consequence."""


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
        """Return whether `removed` of `known` rows may be removed."""
        return removed <= (self.limit * known if self.is_share else self.limit)

    def __str__(self) -> str:
        """Return the limit as messages write it."""
        return f"{self.limit:.0%} of them" if self.is_share else f"{self.limit:g}"


A_THIRD = RemovalLimit(1 / 3, is_share=True)


@dataclass(frozen=True)
class Options:
    """The options of a run.

    `days`: how far back the playlist is read. `page_size`: how many objects an answer may hold. `full_refresh`: read
    everything, not only what changed. `history_source`: how events are read. `max_removals`: how many items or
    genres may be removed at once.
    """

    days: int = 2000
    page_size: int = 500
    full_refresh: bool = False
    history_source: HistorySource = "auto"
    max_removals: RemovalLimit = A_THIRD


@dataclass(frozen=True)
class Job:
    """What a step works with.

    `loaded_at`: when the step began, UTC, which its rows are stamped with. `clients` collects those that the step made,
    for their counts of requests. `unreachable`: the servers that gave no answer to a step that could do without, and
    why, so that no later step tries again.
    """

    settings: Settings
    warehouse: Warehouse
    options: Options
    loaded_at: str
    on_response: OnResponse
    clients: list[Client] = field(default_factory=list)
    unreachable: dict[str, UnreachableError] = field(default_factory=dict)

    def emby(self) -> Client:
        """Return a new client for the Emby server."""
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
    """Collect rows for a table, and load it together with the tables `collected` before. Return its counts."""
    read = job.warehouse.collect(table, rows).read
    counts = job.warehouse.load((*collected, table), job.loaded_at)[table.name]
    counts.read = read
    return counts
