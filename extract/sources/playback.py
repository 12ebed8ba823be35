"""Rows out of the Playback Reporting plugin, by its custom query or by its playlist. Knows the API, and no tables.

The query tells more, by row, and what the plugin holds by day; the playlist answers every administrator.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from http import HTTPStatus
from typing import Any

from extract.errors import ApiError, HistoryQueryRefusedError, PluginMissingError, UnreachableError
from extract.run.progress import Progress
from extract.sources import emby
from extract.sources.background import begin
from extract.sources.clock import TIME_FORMAT
from extract.sources.emby import as_text, describe, expect
from extract.sources.http import Client, StatusError

Row = dict[str, Any]

PLAYLIST_PATH = "/user_usage_stats/UserPlaylist"
QUERY_PATH = "/user_usage_stats/submit_custom_query"

FIRST_WINDOW_DAYS = 4
LONGEST_WINDOW_DAYS = 32
# An answer is parsed whole, so its size bounds the memory: about 3 MB of JSON.
ROWS_WANTED_PER_ANSWER = 10_000

# The day of a row on the server's clock, as SQL and as Python; empty for a row without a date.
DAY_SQL = (
    "case when DateCreated glob '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]*' "
    "then substr(DateCreated, 1, 10) else '' end"
)
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

# A duration of more than a century is no number of seconds, and a sum of such may overflow.
SUM_SQL = "sum(case when {column} between -4294967296 and 4294967296 then {column} end)"
HELD_QUERY = f"""
select {DAY_SQL} as played_on, count(*), {SUM_SQL.format(column="PlayDuration")},
    {SUM_SQL.format(column="PauseDuration")}, min(rowid), max(rowid)
from PlaybackActivity
group by played_on
order by played_on
"""
# By rowid, the only order that costs no scan and sort of the whole table.
PAGE_QUERY = """
select rowid, DateCreated, UserId, ItemId, ItemType, ItemName, PlaybackMethod, ClientName, DeviceName,
    PlayDuration, PauseDuration, RemoteAddress, TranscodeReasons
from PlaybackActivity
where rowid > {after} and rowid <= {last} and ({days})
order by rowid
limit {limit}
"""
PAGE_COLUMNS = 13
CLOCK_QUERY = "select datetime('now', 'localtime'), datetime('now')"


@dataclass(frozen=True)
class HeldDay:
    """What the plugin holds of a day of the server's clock. `played_on`: `YYYY-MM-DD`, empty for rows without a date.

    The sums are texts as the plugin's SQL printed them, in seconds. Its rows lie from `first_rowid` to `last_rowid`.
    """

    played_on: str
    row_count: int
    play_seconds: str | None
    pause_seconds: str | None
    first_rowid: int
    last_rowid: int

    def row(self, read_at: str) -> Row:
        """Return the row of `raw_emby_watch_days`, as of a moment in UTC."""
        return {"source": "query", **vars(self), "read_at": read_at}


def day_of(played_at_local: str) -> str:
    """Return the day of a wall time as `HeldDay` names it."""
    return played_at_local[:10] if DAY.match(played_at_local) else ""


def days_held(client: Client) -> list[HeldDay]:
    """Return what the plugin holds, by day, in order of the days. One request.

    Raises: HistoryQueryRefusedError if the plugin does not take queries; ApiError if it cannot be asked.
    Source: Playback Reporting, POST /user_usage_stats/submit_custom_query.
    """
    days = []
    for result in _post_query(client, HELD_QUERY):
        try:
            played_on, row_count, play_seconds, pause_seconds, first_rowid, last_rowid = result
            day = HeldDay(
                str(played_on),
                int(row_count),
                as_text(play_seconds),
                as_text(pause_seconds),
                int(first_rowid),
                int(last_rowid),
            )
        except (TypeError, ValueError):
            day = None
        if day is None or (day.played_on and not DAY.fullmatch(day.played_on)):
            raise HistoryQueryRefusedError(
                f"Emby: POST {QUERY_PATH}: a day with its rows and sums was expected, and {describe(result)} came."
            )
        days.append(day)
    return days


def iter_query(client: Client, held: Sequence[HeldDay], wanted: set[str], progress: Progress) -> Iterator[Row]:
    """Yield every user's observations of the wanted ones of the days that the plugin holds, page by page, by rowid.

    Shape: the received columns of `raw_emby_watch_events`. Units: seconds and times as the server wrote them; what it
    leaves empty is an empty text.
    Raises: HistoryQueryRefusedError if the plugin does not take queries or does not answer what was asked; ApiError if
    it cannot be asked.
    Source: Playback Reporting, POST /user_usage_stats/submit_custom_query.
    """
    days = [day for day in held if day.played_on in wanted]
    if not days:
        return
    total, read = sum(day.row_count for day in days), 0
    first, last = min(day.first_rowid for day in days), max(day.last_rowid for day in days)
    for page in _iter_pages(client, _condition_for(held, wanted), first - 1, last):
        for _, *cells in page:
            if len(cells) == PAGE_COLUMNS - 1:
                yield observation("query", *_as_texts(cells))
            else:
                progress.reject(f"a row of {PAGE_COLUMNS} cells was expected, and {describe(cells)} came")
        read += len(page)
        if read > total + ROWS_WANTED_PER_ANSWER:
            raise HistoryQueryRefusedError(
                f"Emby: POST {QUERY_PATH}: the plugin said that it has {total:,} rows, and more came than that."
            )
        progress.advance(read, max(read, total), "events")


def iter_playlist(
    client: Client, days: Sequence[date], progress: Progress, day_read: Callable[[Row], None]
) -> Iterator[Row]:
    """Yield every user's observations of these days of the server's clock, newest first, window by window.

    An observation may come twice: windows overlap by a day, because the server leaves out what began in the last
    second of a window. Windows grow and shrink so that an answer stays near `ROWS_WANTED_PER_ANSWER`. `day_read` hears
    of every day that was read whole: a row of `raw_emby_watch_days`, but for `read_at`.
    Shape: the received columns of `raw_emby_watch_events`; pauses, client, device and method are unknown here. Units:
    duration in seconds as the server wrote it, times as its clock showed them.
    Raises: PluginMissingError if the server has no Playback Reporting; ApiError if it answers out of contract.
    Source: Playback Reporting, GET /user_usage_stats/UserPlaylist.
    """
    remaining, window_days = sorted(days, reverse=True), FIRST_WINDOW_DAYS
    while remaining:
        newest = remaining[0]
        window = [day for day in remaining[:window_days] if newest - day < timedelta(days=window_days)]
        remaining = remaining[len(window) :]
        oldest, end = window[-1], newest + timedelta(days=1)
        answer = _get_playlist(client, oldest, end)
        rows = [_playlist_row(event) for event in answer if isinstance(event, dict)]
        for event in answer:
            if not isinstance(event, dict):
                progress.reject(f"an event is {describe(event)}, and no object")
        yield from rows
        for played_on in map(date.isoformat, window):
            of_day = [row for row in rows if day_of(row["played_at_local"]) == played_on]
            seconds = [int(row["play_duration_seconds"]) for row in of_day if _is_count(row["play_duration_seconds"])]
            day_read(
                {
                    "source": "playlist",
                    "played_on": played_on,
                    "row_count": len(of_day),
                    "play_seconds": sum(seconds),
                    **dict.fromkeys(("pause_seconds", "first_rowid", "last_rowid")),
                }
            )
        if len(answer) > ROWS_WANTED_PER_ANSWER:
            window_days = max(1, window_days // 2)
        elif len(answer) < ROWS_WANTED_PER_ANSWER // 4:
            window_days = min(LONGEST_WINDOW_DAYS, window_days * 2)
        progress.advance(len(days) - len(remaining), len(days), "days")


def server_clock(client: Client) -> tuple[datetime, datetime]:
    """Return what the server's clock shows, and what it takes for UTC: two times without a zone.

    Raises: HistoryQueryRefusedError if the plugin does not take queries; ApiError if it cannot be asked.
    Source: Playback Reporting, POST /user_usage_stats/submit_custom_query.
    """
    results = _post_query(client, CLOCK_QUERY)
    try:
        local, utc = (datetime.strptime(str(cell), TIME_FORMAT) for cell in results[0])  # noqa: DTZ007 - wall times
    except (IndexError, ValueError):
        raise HistoryQueryRefusedError(
            f"Emby: POST {QUERY_PATH}: two times were expected, and {describe(results)} came."
        ) from None
    return local, utc


def observation(  # noqa: PLR0917 - the plugin's twelve columns, in its order
    source: str,
    played_at: str | None,
    user_id: str | None,
    item_id: str | None,
    item_type: str | None,
    item_name: str | None,
    playback_method: str | None,
    client_name: str | None,
    device_name: str | None,
    play_seconds: str | None,
    pause_seconds: str | None,
    remote_address: str | None,
    transcode_reasons: str | None,
) -> Row:
    """Return a row of the plugin's own table as one of `raw_emby_watch_events`. A null of the key is an empty text."""
    return {
        "source": source,
        "user_id": user_id or "",
        "item_id": item_id or "",
        "played_at_local": played_at or "",
        "play_duration_seconds": play_seconds or "",
        "pause_duration_seconds": pause_seconds or "",
        "item_name": item_name,
        "item_type": item_type,
        "user_name": None,
        "remote_address": remote_address,
        "playback_method": playback_method,
        "client_name": client_name,
        "device_name": device_name,
        "transcode_reasons": transcode_reasons,
    }


def _get_playlist(client: Client, start: date, end: date) -> list[Any]:
    days = (end - start).days
    params = {"user_id": "", "aggregate_data": "false", "days": days, "end_date": end.isoformat()}
    try:
        answer = expect(list, client.get_json(PLAYLIST_PATH, params), PLAYLIST_PATH)
    except StatusError as error:
        if error.status != HTTPStatus.NOT_FOUND:
            raise
        if not emby.is_server(client):
            raise
        raise PluginMissingError(
            f"Emby: GET {PLAYLIST_PATH}: status 404. The server has no Playback Reporting plugin: install it under "
            "Settings > Plugins > Catalog and restart the server. Without it, nothing records who watched what."
        ) from None
    for event in answer:
        played_on = event.get("date") if isinstance(event, dict) else None
        # A day that counts as read is not asked for again, so the answer must be the one to this question.
        if isinstance(played_on, str) and DAY.match(played_on) and not str(start) <= played_on[:10] <= str(end):
            raise ApiError(
                f"Emby: GET {PLAYLIST_PATH}: events of {start} to {end} were asked for, and one of {played_on[:10]} "
                "came. Does a cache or a proxy on the way answer from memory?"
            )
    return answer


def _condition_for(held: Sequence[HeldDay], wanted: set[str]) -> str:
    """Return the SQL that keeps the wanted days: a range for every run of them that nothing unwanted parts."""
    ranges: list[tuple[str, str]] = []
    is_open = False
    for day in held:
        if day.played_on in wanted:
            begins = ranges.pop()[0] if is_open else day.played_on
            ranges.append((begins, day.played_on))
        is_open = day.played_on in wanted
    return " or ".join(f"{DAY_SQL} between '{begins}' and '{ends}'" for begins, ends in ranges)


def _iter_pages(client: Client, days: str, after: int, last: int) -> Iterator[list[Any]]:
    """Yield the results of the query page by page, and let the server work on the next one meanwhile."""

    def ask(after: int) -> tuple[list[Any], int]:
        query = PAGE_QUERY.format(after=after, last=last, days=days, limit=ROWS_WANTED_PER_ANSWER)
        page = _post_query(client, query)
        try:
            rowids = [int(result[0]) for result in page]
        except (IndexError, TypeError, ValueError):
            raise HistoryQueryRefusedError(f"Emby: POST {QUERY_PATH}: a row came without its rowid.") from None
        if any(later <= earlier for earlier, later in zip([after, *rowids], rowids, strict=False)):
            raise HistoryQueryRefusedError(
                f"Emby: POST {QUERY_PATH}: rows after rowid {after} were asked for, and {rowids[0]} to {rowids[-1]} "
                "came, which are others, or are out of order."
            )
        return page, rowids[-1] if rowids else after

    page, after = ask(after)
    while len(page) >= ROWS_WANTED_PER_ANSWER:
        following = begin(partial(ask, after))
        yield page
        page, after = following.result()
    yield page


def _as_texts(cells: list[Any]) -> list[str | None]:
    """Return each cell as `as_text` does, quickly where they are all plain texts, as nearly always."""
    try:
        is_plain = "".join(cells).isascii()
    except TypeError:
        is_plain = False
    return cells if is_plain else list(map(as_text, cells))


def _is_count(text: str) -> bool:
    return re.fullmatch(r"-?[0-9]{1,10}", text) is not None


def _post_query(client: Client, query: str) -> list[Any]:
    try:
        answer = client.post_json(QUERY_PATH, {"CustomQueryString": query, "ReplaceUserId": False})
        message = expect(dict, answer, QUERY_PATH).get("message")
        if not message:
            results = expect(list, answer.get("results"), f"{QUERY_PATH}, under results")
            return [expect(list, result, f"{QUERY_PATH}, a row of results") for result in results]
    except UnreachableError:
        raise
    except ApiError as error:
        # Whatever else stands in the way of a query, the playlist may be free of it.
        raise HistoryQueryRefusedError(str(error)) from None
    raise HistoryQueryRefusedError(f"Emby: POST {QUERY_PATH}: the plugin said: {describe(message)}")


def _playlist_row(event: dict[str, Any]) -> Row:
    played_on, played_at = as_text(event.get("date")), as_text(event.get("time"))
    return {
        "source": "playlist",
        # A key is never null; what is missing stays visible as an empty text.
        "user_id": as_text(event.get("user_id")) or "",
        "item_id": as_text(event.get("item_id")) or "",
        "played_at_local": f"{played_on or ''} {played_at or ''}".strip(),
        "play_duration_seconds": as_text(event.get("duration")) or "",
        "pause_duration_seconds": "",
        "item_name": as_text(event.get("item_name")),
        "item_type": as_text(event.get("item_type")),
        "user_name": as_text(event.get("user_name")),
        "remote_address": as_text(event.get("remote_address")),
        **dict.fromkeys(("playback_method", "client_name", "device_name", "transcode_reasons")),
    }
