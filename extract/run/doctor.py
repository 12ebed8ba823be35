"""Look at everything the nightly run depends on, in order, and say what to do about each."""

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

from extract.errors import ApiError, ExtractError, HistoryQueryRefusedError
from extract.landing.integrity import Contents
from extract.progress import Silent
from extract.run.clock_step import measure_clock, read_clock
from extract.run.local_checks import Found, Verdict, check_database, check_dbt, check_disk
from extract.settings import Settings
from extract.sources import clock, emby, playback_playlist, playback_query, tmdb
from extract.sources.http import Client

# A run a night, and half a day of grace.
OVERDUE = timedelta(hours=36)
# What the plugin keeps by default is three months; further back there is rarely anything.
PLAYLIST_REACH = timedelta(days=120)

# The first and the last day of which the plugin has an event, on the server's clock; None if it has none.
Reach = tuple[str, str] | None
Check = Callable[[], tuple[Verdict, str]]


@dataclass(frozen=True)
class Finding:
    """What a check found. A warning is not well either: it will be a fault if nobody acts."""

    check: str
    verdict: Verdict
    message: str

    @property
    def is_well(self) -> bool:
        """Tell whether there is nothing to do."""
        return self.verdict == "ok"

    def __str__(self) -> str:
        """Return it as a line."""
        return f"{self.verdict:<8} {self.check}: {self.message}"


def examine(settings: Settings, database: Path) -> Iterator[Finding]:
    """Yield what each check found, in order. What needs the one before it is left out when that failed."""
    yield _finding("settings", partial(_settings, settings))
    found: Found | None = None

    def look_into_database() -> tuple[Verdict, str]:
        nonlocal found
        verdict, message, found = check_database(database)
        return verdict, message

    yield _finding("database", look_into_database)
    yield _finding("disk", partial(check_disk, database))
    yield _finding("dbt", partial(check_dbt, found))
    yield _finding("TMDB", partial(_tmdb, settings))
    try:
        client = emby.connect(settings.emby())
    except ExtractError:
        yield Finding("the server", "warning", "could not be checked: see settings.")
    else:
        yield from _examine_server(settings, client, found)


def _examine_server(settings: Settings, client: Client, found: Found | None) -> Iterator[Finding]:
    reach: Reach = None

    def look_into_plugin() -> tuple[Verdict, str]:
        nonlocal reach
        message, reach = _plugin(client)
        return "ok", message

    needed: tuple[tuple[str, Check], ...] = (
        ("address", partial(_address, client)),
        ("key", partial(_key, client)),
        ("plugin", look_into_plugin),
    )
    for name, check in needed:
        finding = _finding(name, check)
        yield finding
        if not finding.is_well:
            yield Finding("the server", "warning", f"what comes after {name} could not be checked.")
            return
    yield _finding("history", partial(_history, reach))
    if found is not None:
        yield _finding("archive", partial(_archive, reach, found.contents))
    yield _finding("server clock", partial(_server_clock, settings, client))


def _finding(name: str, check: Check) -> Finding:
    try:
        return Finding(name, *check())
    except ExtractError as error:
        return Finding(name, "fault", str(error))
    except (OSError, sqlite3.Error) as error:
        return Finding(name, "fault", f"{error}.")


def _settings(settings: Settings) -> tuple[Verdict, str]:
    settings.emby()
    settings.tmdb()
    read_clock(settings)
    return "ok", "complete."


def _tmdb(settings: Settings) -> tuple[Verdict, str]:
    token = settings.tmdb()
    if token is None:
        return "ok", "not used: without TMDB_READ_ACCESS_TOKEN, genres get ids made from their names."
    next(tmdb.iter_genres(tmdb.connect(token), Silent()), None)
    return "ok", "TMDB_READ_ACCESS_TOKEN is accepted."


def _address(client: Client) -> tuple[Verdict, str]:
    if emby.is_server(client):
        return "ok", "a media server answers."
    try:
        client.get_json("/System/Ping")
    except ApiError as error:
        # It says where a redirect leads, for one.
        return "fault", f"something answers, but it is no Emby server. {error}"
    return "fault", "something answers, but it is no Emby server. Check EMBY_BASE_URL, and the path in it."


def _key(client: Client) -> tuple[Verdict, str]:
    info = emby.expect(dict, client.get_json("/System/Info"), "/System/Info")
    return "ok", f"accepted by {info.get('ServerName')}, version {info.get('Version')}."


def _plugin(client: Client) -> tuple[str, Reach]:
    try:
        days = [day for day in playback_query.days_held(client) if day.played_on]
    except HistoryQueryRefusedError:
        today = datetime.now(UTC).date()
        reached = [today + timedelta(days=1 - number) for number in range(PLAYLIST_REACH.days)]
        starts = [row["played_at_local"] for row in playback_playlist.iter_playlist(client, reached, Silent(), _ignore)]
        message = "lets us read its playlist, but takes no queries: pauses, clients and devices stay unknown."
        return message, ((min(starts)[:10], max(starts)[:10]) if starts else None)
    count = sum(day.row_count for day in days)
    return f"lets us query it; it holds {count:,} rows.", ((days[0].played_on, days[-1].played_on) if days else None)


def _ignore(_: object) -> None:
    """Hear of a day that was read, and do nothing."""


def _history(reach: Reach) -> tuple[Verdict, str]:
    if reach is None:
        return "ok", "the plugin has no events yet."
    return "ok", f"the plugin's reaches from {reach[0]} to {reach[1]}, server's clock."


def _archive(reach: Reach, contents: Contents | None) -> tuple[Verdict, str]:
    if reach is None or contents is None:
        return "ok", "nothing is archived yet, and nothing is lost yet."
    oldest, newest = reach[0], contents.newest_event[:10]
    if not newest:
        return "warning", f"empty, and the plugin's history from {oldest} on waits to be read: run make run."
    if (begins := _day(oldest)) is None or (ends := _day(newest)) is None:
        return "warning", (
            f"ends on {newest!r}, and the plugin's history begins on {oldest!r}: one of them is no date, "
            "so that nobody can tell whether there is a gap. rejected_watch_events shows such events."
        )
    if ends < begins:
        return "fault", (
            f"ends on {newest}, and the plugin's history begins on {oldest}: what was between is gone from the server. "
            "If the plugin ever made a backup, make import FILE=... fills the gap."
        )
    return _age(contents.events_read_at, days_left=(ends - begins).days)


def _age(events_read_at: str, days_left: int) -> tuple[Verdict, str]:
    if (read_at := _wall_time(events_read_at)) is None:
        return "warning", (
            "events were never read from the server without a fault. The plugin forgets: in about "
            f"{days_left} days it begins to lose what is not archived. Run make run, and see why it fails."
        )
    age = datetime.now(UTC) - read_at.replace(tzinfo=UTC)
    if age > OVERDUE:
        return "warning", (
            f"the history was last read {age.days} days ago. The plugin forgets: in about {days_left} days it begins "
            "to lose what is not archived. Run make run, and see why the nightly run does not."
        )
    return "ok", f"without a gap to the plugin's history, last read {events_read_at} UTC."


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _wall_time(text: str) -> datetime | None:
    try:
        return datetime.strptime(text, clock.TIME_FORMAT)  # noqa: DTZ007 - compared with its like alone
    except ValueError:
        return None


def _server_clock(settings: Settings, client: Client) -> tuple[Verdict, str]:
    eras, _ = read_clock(settings)
    named = (
        "EMBY_SERVER_CLOCK" if settings.server_clock else "this machine's zone, because EMBY_SERVER_CLOCK is not set"
    )
    try:
        measured = measure_clock(client)
    except HistoryQueryRefusedError:
        return "ok", f"cannot be asked; it is taken for {eras[-1].zone} ({named})."
    if measured.disagrees_with(eras):
        return "fault", (
            f"{measured.difference(eras)} ({named}). Put the zone of the server into .env, such as "
            f"EMBY_SERVER_CLOCK={measured.zone}, or set the server's clock right."
        )
    return "ok", f"shows what {eras[-1].zone} says ({named})."
