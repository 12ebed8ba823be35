"""The step that loads watch events, by query or by playlist: only the days of which events may be missing."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from extract.errors import ApiError, ExtractError, UnreachableError
from extract.landing.merge import Counts
from extract.landing.raw_tables import WATCH_DAYS, WATCH_EVENTS
from extract.progress import Progress
from extract.run.job import Job, PartlyLoadedError
from extract.sources import clock, playback_playlist, playback_query
from extract.sources.http import Client
from extract.sources.playback import day_of

Row = dict[str, Any]

# The furthest clock ahead of UTC shows 14 hours more; a day on top, because a window misses its last second.
FURTHEST_CLOCK = timedelta(hours=14)


@dataclass
class HistoryReading:
    """What is known of a reading of the history while it goes on.

    `source`: `query` or `playlist`, whichever is read now. `days`: rows of `raw_emby_watch_days` for the days that were
    read whole. `moved_days`: the number of days of which rows may have been missed. `query_failure`: why the query was
    given up, if it was. `failure`: what ended the reading early, if anything did.
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
    """Load the events of the days on which the plugin holds something else than when they were last read.

    What was received is loaded even if the reading fails after it; only days that were read whole count as read.
    Raises: PartlyLoadedError in that case.
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
    held = playback_query.days_held(client)
    wanted = {day.played_on for day in held}
    if not job.options.full_refresh:
        wanted = job.warehouse.days_that_differ(day.row(job.loaded_at) for day in held)
    received: Counter[str] = Counter()
    for row in playback_query.iter_query(client, held, wanted, progress):
        received[day_of(row["played_at_local"])] += 1
        yield row
    changed = [day for day in held if day.played_on in wanted]
    # Rows that were given other rowids meanwhile may have been missed; what grew or was added shows in the next sums.
    whole = [day for day in changed if received[day.played_on] >= day.row_count]
    reading.days += [day.row(job.loaded_at) for day in whole]
    reading.moved_days = len(changed) - len(whole)


def _iter_by_playlist(job: Job, client: Client, reading: HistoryReading, progress: Progress) -> Iterator[Row]:
    """Yield the observations of the last days, without those that need not be read again."""
    now = datetime.strptime(job.loaded_at, clock.TIME_FORMAT).replace(tzinfo=UTC)
    until = (now + FURTHEST_CLOCK).date()
    settled = set() if job.options.full_refresh else job.warehouse.settled_days("playlist", job.loaded_at)
    days = [until - timedelta(days=number) for number in range((until - now.date()).days + job.options.days + 1)]
    wanted = [day for day in days if day.isoformat() not in settled]
    yield from playback_playlist.iter_playlist(client, wanted, progress, reading.days.append)
