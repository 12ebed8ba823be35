"""Rows out of the Playback Reporting plugin, by either of its two doors. Knows the API, and no tables.

`UserPlaylist` answers every administrator; `submit_custom_query`, where the plugin has it, tells more and in bounded
pages. Both give an event the same key, so that a history may be loaded by one and continued by the other.
"""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from datetime import date, timedelta
from functools import partial
from http import HTTPStatus
from typing import Any, TypeVar

from extract import emby
from extract.emby import as_text, describe, expect
from extract.errors import ApiError, HistoryQueryRefusedError, PluginMissingError
from extract.http import Client, RetryableError, StatusError
from extract.watching import Watcher

Row = dict[str, Any]
Result = TypeVar("Result")

PLAYLIST_PATH = "/user_usage_stats/UserPlaylist"
QUERY_PATH = "/user_usage_stats/submit_custom_query"

FIRST_WINDOW_DAYS = 4
LONGEST_WINDOW_DAYS = 32
# An answer is parsed whole, so its size bounds the memory: about 3 MB of JSON.
ROWS_WANTED_PER_ANSWER = 10_000

QUERY = """
select rowid, DateCreated, UserId, ItemId, ItemType, ItemName, PlaybackMethod, ClientName, DeviceName,
    PlayDuration, PauseDuration, RemoteAddress, TranscodeReasons
from PlaybackActivity
where {where}
limit {limit}
"""
DATED = "DateCreated >= '{after}' and (DateCreated > '{after}' or rowid > {rowid}) order by DateCreated, rowid"
# These are few, and read every time: nothing tells whether they are new.
UNDATED = "coalesce(DateCreated, '') = '' and rowid > {rowid} order by rowid"
QUERY_COLUMNS = 13
REACH_QUERY = "select min(DateCreated), max(DateCreated) from PlaybackActivity where DateCreated <> ''"


def iter_playlist(client: Client, since: date, until: date, watcher: Watcher) -> Iterator[Row]:
    """Yield every user's playback events between two dates of the server's clock, newest window first.

    An event may come twice: windows overlap by a day, because the server leaves out what began in the last second of
    a window. Windows grow and shrink so that an answer stays near `ROWS_WANTED_PER_ANSWER`.
    Shape: columns of `raw_emby_watch_events`; pauses, client, device and method are unknown here. Units: duration in
    seconds as the server wrote it, times as its clock showed them.
    Raises: PluginMissingError if the server has no Playback Reporting; ApiError if it answers out of contract.
    Source: Playback Reporting, GET /user_usage_stats/UserPlaylist.
    """
    end, window_days = until, FIRST_WINDOW_DAYS
    while end > since:
        days = min(window_days, (end - since).days)
        answer = _get_playlist(client, end, days)
        for event in answer:
            if isinstance(event, dict):
                yield _playlist_row(event)
            else:
                watcher.reject(f"an event is {describe(event)}, and no object")
        if len(answer) > ROWS_WANTED_PER_ANSWER:
            window_days = max(1, window_days // 2)
        elif len(answer) < ROWS_WANTED_PER_ANSWER // 4:
            window_days = min(LONGEST_WINDOW_DAYS, window_days * 2)
        end -= timedelta(days=days)
        watcher.progress((until - end).days, (until - since).days, "days")


def iter_query(client: Client, since: date, watcher: Watcher) -> Iterator[Row]:
    """Yield every user's playback events from a date of the server's clock on, oldest first, page by page.

    Shape: the columns of `raw_emby_watch_events` but for the user's name. Units: seconds as the server wrote them,
    the pause taken off the duration; times as its clock showed them.
    Raises: HistoryQueryRefusedError if the plugin does not take queries; ApiError if it answers out of contract.
    Source: Playback Reporting, POST /user_usage_stats/submit_custom_query.
    """
    read = 0
    for where in (UNDATED, DATED):
        for results in _iter_pages(client, where, since):
            for result in results:
                yield event_row(*_as_texts(result[1:]))
            read += len(results)
            watcher.progress(read, None, "events")


def reach_by_query(client: Client) -> tuple[str, str] | None:
    """Return the first and the last start the plugin still has, on the server's clock; None if it has no event.

    Raises: HistoryQueryRefusedError if the plugin does not take queries; ApiError if it answers out of contract.
    Source: Playback Reporting, POST /user_usage_stats/submit_custom_query.
    """
    results = _post_query(client, REACH_QUERY)
    first, last = (as_text(cell) or "" for cell in expect(list, results[0] if results else None, QUERY_PATH)[:2])
    return (first.partition(".")[0], last.partition(".")[0]) if first else None


def event_row(  # noqa: PLR0917 - the plugin's twelve columns, in its order
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
    """Return the row of `raw_emby_watch_events` for a row of the plugin's own table; nothing stands for null."""
    return {
        "user_id": user_id or "",
        "item_id": item_id or "",
        "played_at_local": (played_at or "").partition(".")[0],
        "item_name": item_name or None,
        "item_type": item_type or None,
        "duration_seconds": without_pause(play_seconds or None, pause_seconds or None),
        "pause_seconds": pause_seconds or None,
        "user_name": None,
        "remote_address": remote_address or None,
        "playback_method": playback_method or None,
        "client_name": client_name or None,
        "device_name": device_name or None,
        "transcode_reasons": transcode_reasons or None,
    }


def without_pause(play_seconds: str | None, pause_seconds: str | None) -> str | None:
    """Return the seconds played, as UserPlaylist gives them: the plugin's own PlayDuration includes the pauses.

    A row from before the plugin knew of pauses has none; what is no number stays as it is.
    """
    if play_seconds is None or pause_seconds is None:
        return play_seconds
    try:
        return str(int(play_seconds) - int(pause_seconds))
    except ValueError:
        return play_seconds


def _get_playlist(client: Client, end: date, days: int) -> list[Any]:
    params = {"user_id": "", "aggregate_data": "false", "days": days, "end_date": end.isoformat()}
    try:
        return expect(list, client.get_json(PLAYLIST_PATH, params), PLAYLIST_PATH)
    except StatusError as error:
        if error.status != HTTPStatus.NOT_FOUND:
            raise
        if not emby.is_server(client):
            raise
        raise PluginMissingError(
            f"Emby: GET {PLAYLIST_PATH}: status 404. The server has no Playback Reporting plugin: install it under "
            "Settings > Plugins > Catalog and restart the server. Without it, nothing records who watched what."
        ) from None


def _iter_pages(client: Client, where: str, since: date) -> Iterator[list[Any]]:
    """Yield the results of the query page by page, and let the server work on the next one meanwhile."""

    def ask(after: str, rowid: int) -> list[Any]:
        condition = where.format(after=after.replace("'", "''"), rowid=rowid)
        page = _post_query(client, QUERY.format(where=condition, limit=ROWS_WANTED_PER_ANSWER))
        for result in page:
            if len(result) != QUERY_COLUMNS:
                raise ApiError(
                    f"Emby: POST {QUERY_PATH}: rows of {QUERY_COLUMNS} cells were expected, and "
                    f"{describe(result)} came. --history-source playlist reads the history another way."
                )
        return page

    results = ask(f"{since} 00:00:00", -1)
    while len(results) >= ROWS_WANTED_PER_ANSWER:
        rowid, after, *_ = results[-1]
        following = _begin(partial(ask, as_text(after) or "", int(rowid)))
        yield results
        results = following()
    yield results


def _begin(call: Callable[[], Result]) -> Callable[[], Result]:
    """Begin a call in another thread; return what waits for its result, or raises its error."""
    future: Future[Result] = Future()

    def work() -> None:
        try:
            future.set_result(call())
        except BaseException as error:  # noqa: BLE001 - raised where the result is asked for
            future.set_exception(error)

    # A daemon: who interrupts the run waits for no answer.
    threading.Thread(target=work, daemon=True).start()
    return future.result


def _as_texts(cells: list[Any]) -> list[str | None]:
    """Return each cell as `as_text` does, quickly where they are all plain texts, as nearly always."""
    try:
        is_plain = "".join(cells).isascii()
    except TypeError:
        is_plain = False
    return cells if is_plain else list(map(as_text, cells))


def _post_query(client: Client, query: str) -> list[Any]:
    try:
        answer = client.post_json(QUERY_PATH, {"CustomQueryString": query, "ReplaceUserId": False})
        message = expect(dict, answer, QUERY_PATH).get("message")
        if not message:
            results = expect(list, answer.get("results"), f"{QUERY_PATH}, under results")
            return [expect(list, result, f"{QUERY_PATH}, a row of results") for result in results]
    except RetryableError:
        raise
    except ApiError as error:
        # Whatever else stands behind this door, or before it: the other one may be open.
        raise HistoryQueryRefusedError(str(error)) from None
    raise HistoryQueryRefusedError(f"Emby: POST {QUERY_PATH}: the plugin said: {describe(message)}")


def _playlist_row(event: dict[str, Any]) -> Row:
    played_on, played_at = as_text(event.get("date")), as_text(event.get("time"))
    return {
        # A key is never null; what is missing stays visible as an empty text.
        "user_id": as_text(event.get("user_id")) or "",
        "item_id": as_text(event.get("item_id")) or "",
        "played_at_local": f"{played_on or ''} {(played_at or '').partition('.')[0]}".strip(),
        "item_name": as_text(event.get("item_name")),
        "item_type": as_text(event.get("item_type")),
        "duration_seconds": as_text(event.get("duration")),
        "pause_seconds": None,
        "user_name": as_text(event.get("user_name")),
        "remote_address": as_text(event.get("remote_address")),
        "playback_method": None,
        "client_name": None,
        "device_name": None,
        "transcode_reasons": None,
    }
