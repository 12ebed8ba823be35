"""The steps of a run: each joins a fetcher to the tables it fills."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Literal

from extract import clock, emby, names, playback, tmdb
from extract.backup_file import iter_backup
from extract.errors import ExtractError, HistoryQueryRefusedError
from extract.http import Client, OnResponse
from extract.raw_tables import (
    ITEMS,
    NAME_HASHES,
    NAME_SPELLINGS,
    SERVER_CLOCK,
    TIMEZONE_OFFSETS,
    TMDB_GENRES,
    USERS,
    WATCH_EVENTS,
    RawTable,
)
from extract.settings import Settings
from extract.warehouse import Counts, Warehouse
from extract.watching import Watcher

Row = dict[str, Any]
HistorySource = Literal["auto", "query", "playlist"]

# The furthest clock ahead of UTC shows 14 hours more; a day on top, because a window misses its last second.
FURTHEST_CLOCK = timedelta(hours=14)
# An event that runs is updated in place, and a clock that is corrected moves by up to a day.
EVENTS_READ_AGAIN = timedelta(days=2)
# The server's clock and this machine's may differ, by a wrong zone at worst.
ITEMS_READ_AGAIN = timedelta(days=2)


class StepSkippedError(Exception):
    """A step has nothing to work with, and the run goes on without it; the message says what that costs."""


class RemovalsRefusedError(ExtractError):
    """A listing lacks too much to be believed. What it has was loaded: `counts`."""

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
    """What the command line may change. `days`: how far back events are read. `page_size`: objects an answer."""

    days: int = 2000
    page_size: int = 500
    full_refresh: bool = False
    history_source: HistorySource = "auto"
    max_removals: RemovalLimit = A_THIRD


@dataclass(frozen=True)
class Job:
    """What a step works with. `clients` collects those it made, for their counts of requests."""

    settings: Settings
    warehouse: Warehouse
    options: Options
    loaded_at: str
    on_response: OnResponse
    clients: list[Client] = field(default_factory=list)

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
    run: Callable[[Job, Watcher], Counts]
    service: str | None = None
    options: tuple[str, ...] = ()


def read_clock(settings: Settings) -> tuple[list[clock.Era], list[Row]]:
    """Return the server clock's eras and the offset rows of the zones in use."""
    eras = clock.parse_server_clock(settings.server_clock)
    return eras, list(clock.iter_timezone_offsets(eras, settings.report_timezone))


def load_clock(job: Job, watcher: Watcher) -> Counts:
    """Load the server clock's eras and the offsets of the zones in use. Asks no server."""
    del watcher
    eras, offsets = read_clock(job.settings)
    job.warehouse.collect(SERVER_CLOCK, clock.iter_server_clock(eras))
    return _load(job, TIMEZONE_OFFSETS, offsets, SERVER_CLOCK)


def load_genres(job: Job, watcher: Watcher) -> Counts:
    """Load TMDB's genres."""
    settings = job.settings.tmdb()
    if settings is None:
        raise StepSkippedError(
            "TMDB_READ_ACCESS_TOKEN is not set: genres get ids made from their names, which no other TMDB user shares."
        )
    job.clients.append(tmdb.connect(settings, job.on_response))
    return _load(job, TMDB_GENRES, tmdb.iter_genres(job.clients[-1], watcher))


def load_users(job: Job, watcher: Watcher) -> Counts:
    """Load the server's users."""
    read = job.warehouse.collect(USERS, emby.iter_users(job.emby(), job.options.page_size, watcher)).read
    # A listing of which a row could not be used is not complete.
    gone = () if watcher.rejections else None
    counts = job.warehouse.load((USERS,), job.loaded_at, gone)[USERS.name]
    counts.read = read
    return counts


def load_items(job: Job, watcher: Watcher) -> Counts:
    """Load the library, or what changed in it, and the names of its genres and tags.

    Raises: RemovalsRefusedError, after everything else was loaded, if the library lost more than the options allow.
    """
    client, page_size = job.emby(), job.options.page_size
    last_read = None if job.options.full_refresh else job.warehouse.last_success_of("items")
    saved_since = None
    if last_read is not None and emby.honours_saved_since(client):
        saved_since = datetime.strptime(last_read, clock.TIME_FORMAT).replace(tzinfo=UTC) - ITEMS_READ_AGAIN
    known = job.warehouse.present_ids(ITEMS)
    seen: set[str] = set()
    gone: set[str] = set()
    spellings: set[str] = set()

    def changed_and_doubtful() -> Iterator[Row]:
        yield from emby.iter_items(client, page_size, watcher, saved_since)
        listed = seen if saved_since is None else set(emby.iter_item_ids(client, page_size, watcher))
        # A listing that moves while it is read can miss an item. The server is asked for what it lacks, and for what
        # it has that is not known.
        missing = known - listed - seen
        yield from emby.iter_items_by_id(client, sorted(missing | (listed - known - seen)))
        gone.update(missing - seen)

    def noted(rows: Iterable[Row]) -> Iterator[Row]:
        for row in rows:
            seen.add(row["item_id"])
            spellings.update(names.names_in(json.loads(row["payload"])))
            yield row

    read = job.warehouse.collect(ITEMS, noted(changed_and_doubtful())).read
    job.warehouse.collect(NAME_HASHES, names.iter_hashes(spellings))
    job.warehouse.collect(NAME_SPELLINGS, names.iter_spellings(spellings))
    believed = job.options.max_removals.allows(len(gone), len(known))
    tables = (ITEMS, NAME_HASHES, NAME_SPELLINGS)
    counts = job.warehouse.load(tables, job.loaded_at, gone if believed else ())[ITEMS.name]
    counts.read = read
    if not believed:
        raise RemovalsRefusedError(
            f"the server no longer has {len(gone):,} of {len(known):,} items, and at most "
            f"{job.options.max_removals} may go at once: none was marked removed. Is a disk of the server not "
            "mounted? If they are gone for good, run it once with a larger --max-removals.",
            counts,
        )
    return counts


def load_events(job: Job, watcher: Watcher) -> Counts:
    """Load the playback events of every user: of the last days, or what is new since the newest one known."""
    now = datetime.now(UTC)
    until = (now + FURTHEST_CLOCK).date() + timedelta(days=1)
    since = now.date() - timedelta(days=job.options.days)
    # An event of the future, from a clock that was wrong, must not hide those of today.
    newest = None if job.options.full_refresh else job.warehouse.newest_event(not_after=f"{until} 00:00:00")
    if newest is not None:
        since = max(since, date.fromisoformat(newest[:10]) - EVENTS_READ_AGAIN)
    return _load(job, WATCH_EVENTS, _iter_history(job, since, until, watcher))


def _iter_history(job: Job, since: date, until: date, watcher: Watcher) -> Iterator[Row]:
    client = job.emby()
    if job.options.history_source != "playlist":
        rows = playback.iter_query(client, since, watcher)
        try:
            # The plugin refuses the first page or none.
            yield from rows
        except HistoryQueryRefusedError:
            if job.options.history_source == "query":
                raise
        else:
            return
    yield from playback.iter_playlist(client, since, until, watcher)


def _load(job: Job, table: RawTable, rows: Iterable[Row], *collected: RawTable) -> Counts:
    """Load a table together with those that were collected before it. Return what happened to it."""
    read = job.warehouse.collect(table, rows).read
    counts = job.warehouse.load((*collected, table), job.loaded_at)[table.name]
    counts.read = read
    return counts


STEPS = (
    Step("clock", "The server's clock and the time zones in use.", read_clock, load_clock),
    Step("genres", "TMDB's genres.", Settings.tmdb, load_genres, "TMDB"),
    Step("users", "The server's users.", Settings.emby, load_users, "Emby", ("page_size",)),
    Step(
        "items",
        "Films, series and episodes of the library.",
        Settings.emby,
        load_items,
        "Emby",
        ("page_size", "full_refresh", "max_removals"),
    ),
    Step(
        "events",
        "Who played what, when, for how long.",
        Settings.emby,
        load_events,
        "Emby",
        ("days", "full_refresh", "history_source"),
    ),
)


def import_step(file: Path) -> Step:
    """Return a step that loads a backup file of the plugin. It is no part of a run."""

    def load_backup(job: Job, watcher: Watcher) -> Counts:
        return _load(job, WATCH_EVENTS, iter_backup(file, watcher))

    return Step("import-backup", "A backup file of the plugin.", lambda _: None, load_backup)
