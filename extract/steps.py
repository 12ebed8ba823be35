"""The steps of a run: each joins a fetcher to the tables it fills."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from extract import clock, emby, names, tmdb
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

# The furthest clock ahead of UTC shows 14 hours more; a day on top, because a window misses its last second.
FURTHEST_CLOCK = timedelta(hours=14)


class StepSkippedError(Exception):
    """A step has nothing to work with, and the run goes on without it; the message says what that costs."""


@dataclass(frozen=True)
class Job:
    """What a step needs to know. `days`: how far back events are read. `page_size`: objects an answer."""

    settings: Settings
    warehouse: Warehouse
    days: int
    page_size: int
    loaded_at: str


@dataclass(frozen=True)
class Step:
    """A step of a run, and a command of its own.

    `check` raises SettingsError where a setting that `run` needs is missing or wrong. `options` are those of the
    command line that mean something to this step.
    """

    name: str
    summary: str
    check: Callable[[Settings], object]
    run: Callable[[Job, Watcher], Counts]
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
    return _load(job, TMDB_GENRES, tmdb.iter_genres(tmdb.connect(settings), watcher))


def load_users(job: Job, watcher: Watcher) -> Counts:
    """Load the server's users."""
    client = emby.connect(job.settings.emby())
    return _load(job, USERS, emby.iter_users(client, job.page_size, watcher))


def load_items(job: Job, watcher: Watcher) -> Counts:
    """Load the library, and the names of its genres and tags."""
    client = emby.connect(job.settings.emby())
    spellings: set[str] = set()

    def noting_names(rows: Iterable[Row]) -> Iterator[Row]:
        for row in rows:
            spellings.update(names.names_in(json.loads(row["payload"])))
            yield row

    counts = job.warehouse.collect(ITEMS, noting_names(emby.iter_items(client, job.page_size, watcher)))
    job.warehouse.collect(NAME_HASHES, names.iter_hashes(spellings))
    job.warehouse.collect(NAME_SPELLINGS, names.iter_spellings(spellings))
    loaded = job.warehouse.load((ITEMS, NAME_HASHES, NAME_SPELLINGS), job.loaded_at)[ITEMS.name]
    loaded.read = counts.read
    return loaded


def load_events(job: Job, watcher: Watcher) -> Counts:
    """Load the playback events of every user, of the last `job.days` days."""
    client = emby.connect(job.settings.emby())
    now = datetime.now(UTC)
    since = now.date() - timedelta(days=job.days)
    until = (now + FURTHEST_CLOCK).date() + timedelta(days=1)
    return _load(job, WATCH_EVENTS, emby.iter_watch_events(client, since, until, watcher))


def _load(job: Job, table: RawTable, rows: Iterable[Row], *collected: RawTable) -> Counts:
    """Load a table together with those that were collected before it. Return what happened to it."""
    read = job.warehouse.collect(table, rows).read
    counts = job.warehouse.load((*collected, table), job.loaded_at)[table.name]
    counts.read = read
    return counts


STEPS = (
    Step("clock", "The server's clock and the time zones in use.", read_clock, load_clock),
    Step("genres", "TMDB's genres.", Settings.tmdb, load_genres),
    Step("users", "The server's users.", Settings.emby, load_users, ("page_size",)),
    Step(
        "items",
        "Films, series and episodes of the library.",
        Settings.emby,
        load_items,
        ("page_size",),
    ),
    Step("events", "Who played what, when, for how long.", Settings.emby, load_events, ("days",)),
)
