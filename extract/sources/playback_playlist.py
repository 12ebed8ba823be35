"""Observations of the Playback Reporting plugin by its playlist, which it answers to every administrator."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from http import HTTPStatus
from typing import Any

from extract.errors import ApiError, PluginMissingError
from extract.progress import Progress
from extract.sources.emby import expect, is_server
from extract.sources.http import Client
from extract.sources.http_answer import StatusError
from extract.sources.json_answer import as_text, describe
from extract.sources.playback import DAY, ROWS_WANTED_PER_ANSWER, day_of

Row = dict[str, Any]

PLAYLIST_PATH = "/user_usage_stats/UserPlaylist"

FIRST_WINDOW_DAYS = 4
LONGEST_WINDOW_DAYS = 32


def iter_playlist(
    client: Client, days: Sequence[date], progress: Progress, day_read: Callable[[Row], None]
) -> Iterator[Row]:
    """Yield every user's observations of these days of the server's clock, newest first, window by window.

    An observation may come twice: windows overlap by a day, because the server leaves out what began in the last
    second of a window. Windows grow and shrink so that an answer stays near `ROWS_WANTED_PER_ANSWER`. `day_read` is
    called for every day that was read whole, with a row of `raw_emby_watch_days` without `read_at`.
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


def _get_playlist(client: Client, start: date, end: date) -> list[Any]:
    days = (end - start).days
    params = {"user_id": "", "aggregate_data": "false", "days": days, "end_date": end.isoformat()}
    try:
        answer = expect(list, client.get_json(PLAYLIST_PATH, params), PLAYLIST_PATH)
    except StatusError as error:
        if error.status != HTTPStatus.NOT_FOUND:
            raise
        if not is_server(client):
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


def _is_count(text: str) -> bool:
    return re.fullmatch(r"-?[0-9]{1,10}", text) is not None


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
