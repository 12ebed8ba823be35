"""The rules of viewing once more, read plainly and computed in Python, to hold the SQL against."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

GAP = timedelta(minutes=15)
COMPLETED, PARTIAL, SAMPLED_SECONDS = 0.9, 0.25, 60
FALLBACK_SECONDS = {"Episode": 1500, "Movie": 7200}
MELBOURNE = ZoneInfo("Australia/Melbourne")
PACIFIC = timezone(timedelta(hours=-7))
CORRECTED_AT = datetime(2025, 8, 15, 11, 10)
FORMAT = "%Y-%m-%d %H:%M:%S"


@dataclass(frozen=True)
class Event:
    user_id: str
    item_id: str
    item_type: str
    started: datetime
    seconds: int
    paused: int = 0

    @property
    def ended(self) -> datetime:
        return self.started + timedelta(seconds=self.seconds + self.paused)


@dataclass
class Session:
    events: list[Event]
    ratio: float | None = None
    outcome: str = "unknown"
    viewing_number: int = 1
    completes_viewing: bool = False

    @property
    def seconds(self) -> int:
        return sum(event.seconds for event in self.events)

    @property
    def started(self) -> datetime:
        return self.events[0].started

    @property
    def ended(self) -> datetime:
        return max(event.ended for event in self.events)


@dataclass
class Pair:
    """A user and an item."""

    runtime: int | None
    basis: str | None
    sessions: list[Session] = field(default_factory=list)

    @property
    def viewings(self) -> int:
        return sum(session.completes_viewing for session in self.sessions)

    @property
    def adherence(self) -> float | None:
        if self.runtime is None:
            return None
        total = sum(session.seconds for session in self.sessions)
        best = max(session.ratio or 0.0 for session in self.sessions)
        return 0.6 * best + 0.3 * min(1, len(self.sessions) / 3) + 0.1 * min(1, total / self.runtime)


def instant(played_at_local: str) -> datetime:
    """Return what a wall time of the server's clock means."""
    wall = datetime.strptime(played_at_local, FORMAT)  # noqa: DTZ007 - the zone follows
    zone: tzinfo = PACIFIC if wall < CORRECTED_AT else MELBOURNE
    return wall.replace(tzinfo=zone, fold=0).astimezone(UTC)


def local(at: datetime) -> str:
    return at.astimezone(MELBOURNE).strftime(FORMAT)


def pairs_of(events: Iterable[Event], runtimes: dict[str, int]) -> dict[tuple[str, str], Pair]:
    """Return sessions, outcomes and viewings by user and item."""
    by_pair: dict[tuple[str, str], list[Event]] = defaultdict(list)
    for event in events:
        by_pair[event.user_id, event.item_id].append(event)
    pairs = {}
    for key, played in by_pair.items():
        actual = runtimes.get(key[1])
        fallback = FALLBACK_SECONDS.get(played[0].item_type)
        pair = Pair(actual or fallback, "actual" if actual else "fallback" if fallback else None)
        for event in sorted(played, key=lambda event: event.started):
            if pair.sessions and event.started - pair.sessions[-1].ended <= GAP:
                pair.sessions[-1].events.append(event)
            else:
                pair.sessions.append(Session([event]))
        _rate(pair)
        _count_viewings(pair)
        pairs[key] = pair
    return pairs


def _rate(pair: Pair) -> None:
    if pair.runtime is None:
        return
    for session in pair.sessions:
        session.ratio = min(1.0, session.seconds / pair.runtime)
        if session.seconds >= COMPLETED * pair.runtime:
            session.outcome = "completed"
        elif session.seconds >= PARTIAL * pair.runtime:
            session.outcome = "partial"
        elif session.seconds >= SAMPLED_SECONDS:
            session.outcome = "sampled"
        else:
            session.outcome = "abandoned"


def _count_viewings(pair: Pair) -> None:
    number, seconds = 1, 0
    for session in pair.sessions:
        session.viewing_number = number
        seconds += session.seconds
        if pair.runtime is not None and seconds >= COMPLETED * pair.runtime:
            session.completes_viewing = True
            number, seconds = number + 1, 0
