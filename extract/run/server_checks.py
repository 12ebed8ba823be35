"""What doctor checks on the servers: TMDB's token, Emby's address, key and plugin, the history and the clock."""

from datetime import UTC, date, datetime, timedelta, timezone

from extract.errors import ApiError, HistoryQueryRefusedError
from extract.landing.integrity import Contents
from extract.progress import Silent
from extract.run.clock_step import measure_clock, read_clock
from extract.run.finding import Verdict
from extract.settings import Settings
from extract.sources import clock, emby, playback_playlist, playback_query, tmdb
from extract.sources.http import Client

# A run a night, and half a day of grace.
OVERDUE = timedelta(hours=36)
# What the plugin keeps by default is three months; further back there is rarely anything.
PLAYLIST_REACH = timedelta(days=120)

# The first and the last day of which the plugin has an event, on the server's clock; None if it has none.
Reach = tuple[str, str] | None


def check_tmdb(settings: Settings) -> tuple[Verdict, str]:
    """Check that TMDB accepts the token, if one is set.

    Raises: SettingsError or ApiError if it does not.
    """
    token = settings.tmdb()
    if token is None:
        return "ok", "not used: without TMDB_READ_ACCESS_TOKEN, genres get ids made from their names."
    next(tmdb.iter_genres(tmdb.connect(token), Silent()), None)
    return "ok", "TMDB_READ_ACCESS_TOKEN is accepted."


def check_address(client: Client) -> tuple[Verdict, str]:
    """Check that an Emby server answers at the address.

    Raises: ApiError if nothing does.
    """
    if emby.is_server(client):
        return "ok", "a media server answers."
    try:
        client.get_json(emby.PING_PATH)
    except ApiError as error:
        # It says where a redirect leads, for one.
        return "fault", f"something answers, but it is no Emby server. {error}"
    return "fault", "something answers, but it is no Emby server. Check EMBY_BASE_URL, and the path in it."


def check_key(client: Client) -> tuple[Verdict, str]:
    """Check that the server accepts the key.

    Raises: ApiError if it does not.
    """
    info = emby.expect(dict, client.get_json("/System/Info"), "/System/Info")
    return "ok", f"accepted by {info.get('ServerName')}, version {info.get('Version')}."


def check_plugin(client: Client) -> tuple[Verdict, str, Reach]:
    """Check that the plugin lets its history be read, by query or by playlist. Return also the days it holds.

    Raises: ApiError if neither is answered.
    """
    try:
        days = [day for day in playback_query.days_held(client) if day.played_on]
    except HistoryQueryRefusedError:
        today = datetime.now(UTC).date()
        reached = [today + timedelta(days=1 - number) for number in range(PLAYLIST_REACH.days)]
        starts = [row["played_at_local"] for row in playback_playlist.iter_playlist(client, reached, Silent(), _ignore)]
        message = "lets us read its playlist, but takes no queries: pauses, clients and devices stay unknown."
        return "ok", message, ((min(starts)[:10], max(starts)[:10]) if starts else None)
    count = sum(day.row_count for day in days)
    reach = (days[0].played_on, days[-1].played_on) if days else None
    return "ok", f"answers queries, and holds {count:,} rows.", reach


def _ignore(_: object) -> None:
    """Do nothing with a day that was read."""


def check_history(reach: Reach) -> tuple[Verdict, str]:
    """Say from which day to which the plugin has events."""
    if reach is None:
        return "ok", "the plugin has no events yet."
    return "ok", f"the plugin's reaches from {reach[0]} to {reach[1]}, server's clock."


def check_archive(reach: Reach, contents: Contents | None) -> tuple[Verdict, str]:
    """Check that the database has no gap to what the plugin holds, and that it was read lately."""
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


def check_server_clock(settings: Settings, client: Client) -> tuple[Verdict, str]:
    """Check that the server's clock shows what the settings say.

    Raises: SettingsError if they cannot be read, ApiError if the server cannot be asked.
    """
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
            f"{measured.difference(eras)} ({named}). Put EMBY_SERVER_CLOCK={measured.zone} into .env or, better, the "
            "name of the server's zone, such as Europe/Berlin, which follows daylight saving; or set the server's "
            "clock right."
        )
    shown = f"shows what {eras[-1].zone} says ({named})."
    if measured.offset and isinstance(clock.find_zone("EMBY_SERVER_CLOCK", eras[-1].zone), timezone):
        shown += (
            " If clocks change twice a year where it is, put the name of its zone there, such as Europe/Berlin: with "
            "a fixed offset, half of the history is an hour off."
        )
    return "ok", shown
