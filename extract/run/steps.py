"""The steps of a run: each joins a fetcher to the tables it fills."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Literal

from extract.errors import ApiError, ExtractError, SettingsError, UnreachableError
from extract.landing.raw_tables import (
    ITEMS,
    NAME_HASHES,
    NAME_SPELLINGS,
    SERVER_CLOCK,
    TIMEZONE_OFFSETS,
    TMDB_GENRES,
    USERS,
    WATCH_DAYS,
    WATCH_EVENTS,
    RawTable,
)
from extract.landing.warehouse import Counts, Warehouse
from extract.run.progress import Progress
from extract.settings import Settings
from extract.sources import clock, emby, names, playback, tmdb
from extract.sources.http import Client, OnResponse
from extract.sources.playback_backup import iter_backup

Row = dict[str, Any]
HistorySource = Literal["auto", "query", "playlist"]

# The furthest clock ahead of UTC shows 14 hours more; a day on top, because a window misses its last second.
FURTHEST_CLOCK = timedelta(hours=14)
# The server's clock and this machine's may differ, by a wrong zone at worst.
ITEMS_READ_AGAIN = timedelta(days=2)


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


def read_clock(settings: Settings) -> tuple[list[clock.Era], list[Row]]:
    """Return the server clock's eras and the offset rows of the zones in use.

    Where no clock is set it is taken to show this machine's zone; where no report zone is set it is the clock's last.
    """
    eras = clock.parse_server_clock(settings.server_clock or clock.machine_zone())
    return eras, list(clock.iter_timezone_offsets(eras, settings.report_timezone or eras[-1].zone))


def load_clock(job: Job, progress: Progress) -> Counts:
    """Load the server clock's eras and the offsets of the zones in use; ask the server what its clock shows.

    Raises: SettingsError if no clock is set and the server's shows another time than this machine's zone.
    """
    del progress
    eras, offsets = read_clock(job.settings)
    measurement, unknown = _measure_clock(job)
    is_set = job.settings.server_clock is not None
    warning = None
    if measurement is not None and measurement.disagrees_with(eras):
        difference = measurement.difference(eras)
        if not is_set:
            raise SettingsError(
                f"EMBY_SERVER_CLOCK is not set, so that {eras[-1].zone}, this machine's zone, was assumed; but "
                f"{difference}. Put this line into .env:\n"
                f"EMBY_SERVER_CLOCK={measurement.zone}\n"
                "or, better, the name of the server's zone, such as Europe/Berlin, which follows daylight saving."
            )
        warning = f"{difference}. Correct EMBY_SERVER_CLOCK or the server's clock: sessions may be hours off."
    job.warehouse.collect(SERVER_CLOCK, clock.iter_server_clock(eras))
    counts = _load(job, TIMEZONE_OFFSETS, offsets, SERVER_CLOCK)
    counts.warning = warning
    named = f"the server's clock is taken for {eras[-1].zone}"
    if not is_set:
        named += ", this machine's zone, because EMBY_SERVER_CLOCK is not set"
    if measurement is not None:
        counts.server_utc_offset_seconds = int(measurement.offset.total_seconds())
    counts.note = f"{named}; {unknown or f'it shows {measurement.zone}' if measurement else unknown}"
    return counts


def _measure_clock(job: Job) -> tuple[clock.Measurement | None, str]:
    """Return what the server's clock shows, or None and why that is not known."""
    if not job.settings.has_emby:
        return None, "no server is set that could be asked"
    try:
        return measure_clock(job.emby()), ""
    except UnreachableError as error:
        job.unreachable[error.service] = error
        return None, "the server could not be reached"
    except ApiError as error:
        return None, f"the server could not be asked: {error}"


def measure_clock(client: Client) -> clock.Measurement:
    """Ask the server what its clock shows.

    Raises: HistoryQueryRefusedError if the plugin takes no queries; ApiError if the server cannot be asked.
    """
    local, utc = playback.server_clock(client)
    return clock.Measurement(local, utc, datetime.now(UTC))


def load_genres(job: Job, progress: Progress) -> Counts:
    """Load TMDB's genres. A list that lacks too much, or of which a row could not be used, deletes nothing.

    Raises: PartlyLoadedError, after the rest was loaded, if a list lacks more than the options allow.
    """
    settings = job.settings.tmdb()
    if settings is None:
        raise StepSkippedError(
            "TMDB_READ_ACCESS_TOKEN is not set: genres get ids made from their names, which no other TMDB user shares."
        )
    job.clients.append(tmdb.connect(settings, job.on_response))
    known, listed = job.warehouse.keys(TMDB_GENRES), set()

    def noted() -> Iterator[Row]:
        for row in tmdb.iter_genres(job.clients[-1], progress):
            listed.add((row["media_type"], row["genre_id"]))
            yield row

    read = job.warehouse.collect(TMDB_GENRES, noted()).read
    lacking = Counter(media_type for media_type, _ in known - listed)
    known_of = Counter(media_type for media_type, _ in known)
    doubtful = [
        media_type
        for media_type, count in lacking.items()
        if not job.options.max_removals.allows(count, known_of[media_type])
    ]
    is_whole = not doubtful and not progress.rejections
    counts = job.warehouse.load((TMDB_GENRES,), job.loaded_at, None if is_whole else ())[TMDB_GENRES.name]
    counts.read = read
    if doubtful:
        raise PartlyLoadedError(
            "; ".join(
                f"TMDB's {media_type} list lacks {lacking[media_type]:,} of {known_of[media_type]:,} known genres"
                for media_type in doubtful
            )
            + f", and at most {job.options.max_removals} may go at once: none was deleted. If they are gone for good, "
            "run it once with a larger --max-removals.",
            counts,
        )
    if not is_whole:
        counts.note = "no genre was deleted, because not all that came could be used"
    return counts


def load_users(job: Job, progress: Progress) -> Counts:
    """Load the server's users."""
    read = job.warehouse.collect(USERS, emby.iter_users(job.emby(), job.options.page_size, progress)).read
    _reject_invalid_json(job, USERS, progress)
    # A listing of which a row could not be used is not complete.
    gone = () if progress.rejections else None
    counts = job.warehouse.load((USERS,), job.loaded_at, gone)[USERS.name]
    counts.read = read
    return counts


def load_items(job: Job, progress: Progress) -> Counts:
    """Load the library, or what changed in it, and the names of its genres and tags.

    Raises: PartlyLoadedError, after everything else was loaded, if the library lost more than the options allow.
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
        yield from emby.iter_items(client, page_size, progress, saved_since)
        listed = seen if saved_since is None else set(emby.iter_item_ids(client, page_size, progress))
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
    _reject_invalid_json(job, ITEMS, progress)
    job.warehouse.collect(NAME_HASHES, names.iter_hashes(spellings))
    job.warehouse.collect(NAME_SPELLINGS, names.iter_spellings(spellings))
    believed = job.options.max_removals.allows(len(gone), len(known))
    tables = (ITEMS, NAME_HASHES, NAME_SPELLINGS)
    counts = job.warehouse.load(tables, job.loaded_at, gone if believed else ())[ITEMS.name]
    counts.read = read
    if not believed:
        raise PartlyLoadedError(
            f"the server no longer has {len(gone):,} of {len(known):,} items, and at most "
            f"{job.options.max_removals} may go at once: none was marked removed. Is a disk of the server not "
            "mounted? If they are gone for good, run it once with a larger --max-removals.",
            counts,
        )
    return counts


@dataclass
class HistoryReading:
    """How the history is read. `days`: rows of `raw_emby_watch_days` for what was read whole. `failure`: the end of it.

    `source`: what is read now. `query_failure`: why the query is not.
    """

    source: str = "query"
    days: list[Row] = field(default_factory=list)
    moved_days: int = 0
    query_failure: str | None = None
    failure: ExtractError | None = None

    @property
    def note(self) -> str:
        """Return how the history was read, in words."""
        words = f"by {self.source}"
        if self.query_failure:
            words += f", because the query failed: {self.query_failure}"
        if self.moved_days:
            words += (
                f"; rows of {self.moved_days:,} days were moved while they were read, the next run reads them again"
            )
        return words


def load_events(job: Job, progress: Progress) -> Counts:
    """Load what the plugin holds and the archive may not: the days on which the two differ.

    What was received is landed even if the reading fails after it; only days that were read whole count as read.
    """
    reading = HistoryReading()

    def until_it_fails() -> Iterator[Row]:
        try:
            yield from _iter_history(job, reading, progress)
        except ExtractError as error:
            reading.failure = error

    read = job.warehouse.collect(WATCH_EVENTS, until_it_fails()).read
    job.warehouse.collect(WATCH_DAYS, ({**day, "read_at": job.loaded_at} for day in reading.days))
    counts = job.warehouse.load((WATCH_EVENTS, WATCH_DAYS), job.loaded_at)[WATCH_EVENTS.name]
    counts.read, counts.note = read, reading.note
    if reading.failure is not None:
        raise PartlyLoadedError(str(reading.failure), counts) from reading.failure
    return counts


def _iter_history(job: Job, reading: HistoryReading, progress: Progress) -> Iterator[Row]:
    client = job.emby()
    if job.options.history_source != "playlist":
        try:
            yield from _iter_by_query(job, client, reading, progress)
        except UnreachableError:
            raise
        except ApiError as error:
            if job.options.history_source == "query":
                raise
            reading.query_failure = str(error)
        else:
            return
    reading.source = "playlist"
    yield from _iter_by_playlist(job, client, reading, progress)


def _iter_by_query(job: Job, client: Client, reading: HistoryReading, progress: Progress) -> Iterator[Row]:
    """Yield the observations of the days on which the plugin holds something else than when they were last read."""
    held = playback.days_held(client)
    wanted = {day.played_on for day in held}
    if not job.options.full_refresh:
        wanted = job.warehouse.days_that_differ(day.row(job.loaded_at) for day in held)
    received: Counter[str] = Counter()
    for row in playback.iter_query(client, held, wanted, progress):
        received[playback.day_of(row["played_at_local"])] += 1
        yield row
    changed = [day for day in held if day.played_on in wanted]
    # Rows that were given other rowids meanwhile may have been missed; what grew or was added shows in the next sums.
    whole = [day for day in changed if received[day.played_on] >= day.row_count]
    reading.days += [day.row(job.loaded_at) for day in whole]
    reading.moved_days = len(changed) - len(whole)


def _iter_by_playlist(job: Job, client: Client, reading: HistoryReading, progress: Progress) -> Iterator[Row]:
    """Yield the observations of the last days, but for those that were read before when they were over."""
    now = datetime.strptime(job.loaded_at, clock.TIME_FORMAT).replace(tzinfo=UTC)
    until = (now + FURTHEST_CLOCK).date()
    settled = set() if job.options.full_refresh else job.warehouse.settled_days("playlist", job.loaded_at)
    days = [until - timedelta(days=number) for number in range((until - now.date()).days + job.options.days + 1)]
    wanted = [day for day in days if day.isoformat() not in settled]
    yield from playback.iter_playlist(client, wanted, progress, reading.days.append)


def _reject_invalid_json(job: Job, table: RawTable, progress: Progress) -> None:
    """Reject the collected rows whose JSON the models could not read."""
    for id_ in job.warehouse.take_out_invalid_json(table, "payload"):
        progress.reject(f"{id_!r:.40}: its JSON is nested too deep, or otherwise none that the database can read")


def _load(job: Job, table: RawTable, rows: Iterable[Row], *collected: RawTable) -> Counts:
    """Load a table together with those that were collected before it. Return what happened to it."""
    read = job.warehouse.collect(table, rows).read
    counts = job.warehouse.load((*collected, table), job.loaded_at)[table.name]
    counts.read = read
    return counts


STEPS = (
    Step("clock", "The server's clock and the time zones in use.", read_clock, load_clock),
    Step("genres", "TMDB's genres.", Settings.tmdb, load_genres, "TMDB", ("max_removals",)),
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

    def load_backup(job: Job, progress: Progress) -> Counts:
        # Without a clock, no model could tell when anything was played.
        load_clock(job, progress)
        counts = _load(job, WATCH_EVENTS, iter_backup(file, progress))
        if not counts.read:
            raise ExtractError(
                f"{file} has no line that could be used. Is it a backup of the Playback Reporting plugin: "
                "tab-separated, without a header, 9 to 12 columns?"
            )
        return counts

    return Step("import-backup", "A backup file of the plugin.", read_clock, load_backup)
