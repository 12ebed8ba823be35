"""Look at everything the nightly run depends on, in order, and say what to do about each."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib import metadata
from pathlib import Path
from sqlite3 import connect
from typing import Literal

from extract import clock, copies, emby, playback
from extract.errors import ExtractError, HistoryQueryRefusedError
from extract.http import Client
from extract.settings import Settings
from extract.steps import read_clock
from extract.watching import Silent

# A run a night, and half a day of grace.
OVERDUE = timedelta(hours=36)
# Clocks of two machines differ a little.
CLOCK_TOLERANCE = timedelta(minutes=5)
# What the plugin keeps by default is three months; further back there is rarely anything.
PLAYLIST_REACH = timedelta(days=120)
LEAST_FREE_BYTES = 500_000_000
MARTS = ("library_items", "watch_sessions", "user_item_stats")


@dataclass(frozen=True)
class Finding:
    """What a check found. A warning is not well either: it will be a fault if nobody acts."""

    check: str
    verdict: Literal["ok", "warning", "fault"]
    message: str

    @property
    def is_well(self) -> bool:
        """Tell whether there is nothing to do."""
        return self.verdict == "ok"

    def __str__(self) -> str:
        """Return it as a line."""
        return f"{self.verdict:<8} {self.check}: {self.message}"


@dataclass
class Patient:
    """What the checks share. `reach`: the first and last start of an event that the plugin has, server's clock."""

    settings: Settings
    database: Path
    client: Client | None = None
    reach: tuple[str, str] | None = None


def examine(settings: Settings, database: Path) -> Iterator[Finding]:
    """Yield what each check found, in order. A check of the server is left out when one before it failed."""
    patient = Patient(settings, database)
    for name, check in SERVER_CHECKS.items():
        finding = _run(name, check, patient)
        yield finding
        if finding.verdict == "fault":
            yield Finding("the server", "warning", f"what comes after {name} could not be checked.")
            break
    for name, check in LOCAL_CHECKS.items():
        yield _run(name, check, patient)


Check = Callable[[Patient], tuple[Literal["ok", "warning", "fault"], str]]


def _run(name: str, check: Check, patient: Patient) -> Finding:
    try:
        return Finding(name, *check(patient))
    except ExtractError as error:
        return Finding(name, "fault", str(error))


def _settings(patient: Patient) -> tuple[Literal["ok"], str]:
    patient.client = emby.connect(patient.settings.emby())
    read_clock(patient.settings)
    if patient.settings.tmdb() is None:
        return "ok", "complete. Without TMDB_READ_ACCESS_TOKEN, genres get ids made from their names."
    return "ok", "complete."


def _address(patient: Patient) -> tuple[Literal["ok", "fault"], str]:
    if not emby.is_server(_client(patient)):
        return "fault", "something answers, but it is no Emby server. Check EMBY_BASE_URL, and the path in it."
    return "ok", "a media server answers."


def _key(patient: Patient) -> tuple[Literal["ok"], str]:
    info = emby.expect(dict, _client(patient).get_json("/System/Info"), "/System/Info")
    return "ok", f"accepted by {info.get('ServerName')}, version {info.get('Version')}."


def _plugin(patient: Patient) -> tuple[Literal["ok"], str]:
    client, today = _client(patient), datetime.now(UTC).date()
    events = list(playback.iter_playlist(client, today - timedelta(days=1), today, Silent()))
    try:
        patient.reach = playback.reach_by_query(client)
    except HistoryQueryRefusedError:
        since, until = today - PLAYLIST_REACH, today + timedelta(days=2)
        starts = [row["played_at_local"] for row in playback.iter_playlist(client, since, until, Silent())]
        patient.reach = (min(starts), max(starts)) if starts else None
        return "ok", "lets us read its playlist, but takes no queries: pauses, clients and devices stay unknown."
    return "ok", f"lets us query it; {len(events):,} events yesterday and today."


def _history(patient: Patient) -> tuple[Literal["ok"], str]:
    if patient.reach is None:
        return "ok", "the plugin has no events yet."
    return "ok", f"the plugin's reaches from {patient.reach[0]} to {patient.reach[1]}, server's clock."


def _archive(patient: Patient) -> tuple[Literal["ok", "warning", "fault"], str]:
    if patient.reach is None or not patient.database.exists():
        return "ok", "nothing is archived yet, and nothing is lost yet."
    oldest, _ = patient.reach
    contents = copies.check(patient.database)
    newest, read_at = contents.newest_event, contents.events_read_at
    if not newest or not read_at:
        return "warning", f"empty, and the plugin's history from {oldest} on waits to be read: run python -m extract."
    if (begins := _wall_time(oldest)) is None or (ends := _wall_time(newest)) is None:
        return "warning", (
            f"ends at {newest!r}, and the plugin's history begins at {oldest!r}: one of them is no time, "
            "so that nobody can tell whether there is a gap. rejected_watch_events shows such events."
        )
    if ends < begins:
        return "fault", (
            f"ends at {newest}, and the plugin's history begins at {oldest}: what was between is gone from the server. "
            "If the plugin ever made a backup, python -m extract import-backup FILE fills the gap."
        )
    age = datetime.now(UTC) - datetime.strptime(read_at, clock.TIME_FORMAT).replace(tzinfo=UTC)
    left = ends - begins
    if age > OVERDUE:
        return "warning", (
            f"the history was last read {age.days} days ago. The plugin forgets: in about {left.days} days it begins "
            "to lose what is not archived. Run python -m extract, and see why the nightly run does not."
        )
    return "ok", f"without a gap to the plugin's history, last read {read_at} UTC."


def _wall_time(text: str) -> datetime | None:
    try:
        return datetime.strptime(text, clock.TIME_FORMAT)  # noqa: DTZ007 - compared with its like alone
    except ValueError:
        return None


def _server_clock(patient: Patient) -> tuple[Literal["ok", "fault"], str]:
    if patient.reach is None:
        return "ok", "no event to hold it against."
    eras, _ = read_clock(patient.settings)
    try:
        newest = clock.instant(patient.reach[1], eras)
    except ValueError:
        return "fault", f"the newest event began at {patient.reach[1]!r}, which is no time."
    ahead = newest - datetime.now(UTC)
    if ahead > CLOCK_TOLERANCE:
        return "fault", (
            f"the newest event would begin {_roughly(ahead)} from now. EMBY_SERVER_CLOCK names another zone than the "
            "server's clock shows, or that clock is wrong: set it right, and note the change in EMBY_SERVER_CLOCK."
        )
    return "ok", (
        f"by EMBY_SERVER_CLOCK the newest event began {_roughly(-ahead)} ago. If that is hours off, mend the setting."
    )


def _disk(patient: Patient) -> tuple[Literal["ok", "warning"], str]:
    folder = patient.database.parent
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    size = patient.database.stat().st_size if patient.database.exists() else 0
    if free < max(LEAST_FREE_BYTES, 2 * size):
        return "warning", (
            f"{free / 1e6:,.0f} MB are free beside a database of {size / 1e6:,.0f} MB. A load and a build write up "
            "to as much again: make room."
        )
    return "ok", f"{free / 1e9:,.1f} GB are free."


def _database(patient: Patient) -> tuple[Literal["ok", "warning"], str]:
    if not patient.database.exists():
        return "warning", f"{patient.database} does not exist yet: run python -m extract."
    contents = copies.check(patient.database)
    return "ok", f"{patient.database} is sound, with {contents.events:,} events, last loaded {contents.loaded_at} UTC."


def _dbt(patient: Patient) -> tuple[Literal["ok", "warning", "fault"], str]:
    try:
        versions = ", ".join(f"{name} {metadata.version(name)}" for name in ("dbt-core", "dbt-sqlite"))
    except metadata.PackageNotFoundError as missing:
        return "fault", f"{missing.name} is not installed: run make install."
    if not patient.database.exists():
        return "ok", f"{versions}."
    with closing(connect(patient.database)) as connection:
        built = {name for (name,) in connection.execute("select name from sqlite_master where type = 'table'")}
    lacking = [mart for mart in MARTS if mart not in built]
    if lacking:
        return "warning", f"{versions}, but {', '.join(lacking)} are not built: run dbt build."
    return "ok", f"{versions}; the marts are built."


def _client(patient: Patient) -> Client:
    assert patient.client is not None, "the settings are checked first"  # noqa: S101
    return patient.client


def _roughly(span: timedelta) -> str:
    hours, minutes = divmod(int(span.total_seconds()) // 60, 60)
    days, hours = divmod(hours, 24)
    return f"{days} d {hours} h" if days else f"{hours} h {minutes} min"


SERVER_CHECKS: dict[str, Check] = {
    "settings": _settings,
    "address": _address,
    "key": _key,
    "plugin": _plugin,
    "history": _history,
    "archive": _archive,
    "server clock": _server_clock,
}
LOCAL_CHECKS: dict[str, Check] = {"disk": _disk, "database": _database, "dbt": _dbt}
