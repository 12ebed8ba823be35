"""Rows out of an Emby server and its Playback Reporting plugin. Knows the API, and no tables."""

import json
import textwrap
from collections.abc import Iterator
from datetime import date, timedelta
from http import HTTPStatus
from typing import Any, TypeVar

from extract.errors import ApiError, PluginMissingError
from extract.http import Client, HeaderAuth
from extract.settings import EmbySettings
from extract.watching import Watcher

Row = dict[str, Any]
Expected = TypeVar("Expected", dict[str, Any], list[Any])

ITEM_TYPES = "Movie,Episode,Series"
ITEM_FIELDS = ",".join(
    (
        "Path",
        "Container",
        "Overview",
        "ProviderIds",
        "Genres",
        "Tags",
        "Studios",
        "ProductionYear",
        "PremiereDate",
        "DateCreated",
        "OfficialRating",
        "CommunityRating",
        "CriticRating",
        "Width",
        "Height",
        "MediaStreams",
        "ParentId",
    )
)

PLAYLIST_PATH = "/user_usage_stats/UserPlaylist"
FIRST_WINDOW_DAYS = 4
LONGEST_WINDOW_DAYS = 32
# An answer is parsed whole, so its size bounds the memory: about 3 MB of JSON.
ROWS_WANTED_PER_ANSWER = 10_000


def connect(settings: EmbySettings) -> Client:
    """Return a client for the server. Nothing is sent yet."""
    return Client(
        "Emby",
        settings.base_url,
        HeaderAuth("X-Emby-Token", settings.api_key),
        explain=_explain,
        verify=settings.verify,
    )


def iter_items(client: Client, page_size: int, watcher: Watcher) -> Iterator[Row]:
    """Yield every Movie, Episode and Series of the library, once.

    Shape: `item_id`, `item_type`, `payload` (the BaseItemDto as received, JSON).
    Raises: ApiError if the server answers out of contract, or with no item at all.
    Source: Emby, GET /Items.
    """
    params = {
        "Recursive": "true",
        "IncludeItemTypes": ITEM_TYPES,
        "Fields": ITEM_FIELDS,
        "SortBy": "DateCreated,SortName",
        "SortOrder": "Ascending",
    }
    for item in _iter_pages(client, "/Items", params, page_size, watcher):
        yield {
            "item_id": item["Id"],
            "item_type": item.get("Type"),
            "payload": json.dumps(item, ensure_ascii=False),
        }


def iter_users(client: Client, page_size: int, watcher: Watcher) -> Iterator[Row]:
    """Yield every user of the server, hidden and disabled ones too, once.

    Shape: `user_id`, `user_name`, `payload` (the UserDto as received, JSON).
    Raises: ApiError if the server answers out of contract, or with no user at all.
    Source: Emby, GET /Users/Query.
    """
    for user in _iter_pages(client, "/Users/Query", {}, page_size, watcher):
        yield {
            "user_id": user["Id"],
            "user_name": user.get("Name"),
            "payload": json.dumps(user, ensure_ascii=False),
        }


def iter_watch_events(client: Client, since: date, until: date, watcher: Watcher) -> Iterator[Row]:
    """Yield every user's playback events between two dates of the server's clock, newest window first.

    An event may come twice: windows overlap by a day, because the server leaves out what began in the last second of
    a window. Windows grow and shrink so that an answer stays near `ROWS_WANTED_PER_ANSWER`.
    Shape: the columns of `raw_emby_watch_events`. Units: duration in seconds as the server wrote it, times as its
    clock showed them.
    Raises: PluginMissingError if the server has no Playback Reporting; ApiError if it answers out of contract.
    Source: Playback Reporting, GET /user_usage_stats/UserPlaylist.
    """
    end, window_days = until, FIRST_WINDOW_DAYS
    while end > since:
        days = min(window_days, (end - since).days)
        answer = client.get_json(
            PLAYLIST_PATH,
            {
                "user_id": "",
                "aggregate_data": "false",
                "days": days,
                "end_date": end.isoformat(),
            },
        )
        for event in _expect(list, answer, PLAYLIST_PATH):
            if isinstance(event, dict):
                yield _event_row(event)
            else:
                watcher.reject(f"an event is {_describe(event)}, and no object")
        if len(answer) > ROWS_WANTED_PER_ANSWER:
            window_days = max(1, window_days // 2)
        elif len(answer) < ROWS_WANTED_PER_ANSWER // 4:
            window_days = min(LONGEST_WINDOW_DAYS, window_days * 2)
        end -= timedelta(days=days)
        watcher.progress((until - end).days, (until - since).days)


def _event_row(event: dict[str, Any]) -> Row:
    played_on, played_at = _as_text(event.get("date")), _as_text(event.get("time"))
    return {
        # A key is never null; what is missing stays visible as an empty text.
        "user_id": _as_text(event.get("user_id")) or "",
        "item_id": _as_text(event.get("item_id")) or "",
        "played_at_local": f"{played_on or ''} {(played_at or '').partition('.')[0]}".strip(),
        "item_name": _as_text(event.get("item_name")),
        "item_type": _as_text(event.get("item_type")),
        "duration_seconds": _as_text(event.get("duration")),
        "user_name": _as_text(event.get("user_name")),
        "remote_address": _as_text(event.get("remote_address")),
    }


def _iter_pages(
    client: Client, path: str, params: dict[str, str], page_size: int, watcher: Watcher
) -> Iterator[dict[str, Any]]:
    """Yield the objects of a paged listing, each id once.

    `TotalRecordCount` is no guide to the end, it was seen as 0 beside a full page: the end is an empty page, or one
    with no id that was not seen before.
    """
    seen: set[str] = set()
    start = 0
    while True:
        page = client.get_json(path, {**params, "StartIndex": start, "Limit": page_size})
        listed = _expect(list, _expect(dict, page, path).get("Items"), f"{path}, under Items")
        known_before = len(seen)
        for item in listed:
            item_id = item.get("Id") if isinstance(item, dict) else None
            if not isinstance(item_id, str) or not item_id:
                watcher.reject(f"{path} lists something without an Id: {_describe(item)}")
            elif item_id not in seen:
                seen.add(item_id)
                yield item
        if len(seen) == known_before:
            break
        start += len(listed)
        total = page.get("TotalRecordCount")
        watcher.progress(len(seen), total if isinstance(total, int) and total >= len(seen) else None)
    if not seen:
        raise ApiError(
            f"{client.service}: GET {path}: the listing is empty, which no server in use is. "
            "Nothing was changed. Does the key belong to this server, and is its library there?"
        )


def _expect(kind: type[Expected], answer: Any, where: str) -> Expected:
    if not isinstance(answer, kind):
        wanted = "an object" if kind is dict else "a list"
        raise ApiError(
            f"Emby: {where}: {wanted} was expected, and {_describe(answer)} came. "
            "Does EMBY_BASE_URL lead to an Emby server, and to nothing else on the way?"
        )
    return answer


def _as_text(value: Any) -> str | None:
    return value if value is None or isinstance(value, str) else json.dumps(value)


def _describe(value: Any) -> str:
    return textwrap.shorten(json.dumps(value, ensure_ascii=False), 80, placeholder="...")


def _explain(status: int, path: str) -> str | None:
    if status == HTTPStatus.UNAUTHORIZED:
        return "EMBY_API_KEY is wrong or was revoked: make a new one under Settings > Advanced > API Keys."
    if status == HTTPStatus.FORBIDDEN:
        return "The key lacks an administrator's rights, which reading the history needs."
    if status == HTTPStatus.NOT_FOUND and path == PLAYLIST_PATH:
        raise PluginMissingError(
            f"Emby: GET {path}: status 404. The server has no Playback Reporting plugin: install it under "
            "Settings > Plugins > Catalog and restart the server. Without it, nothing records who watched what."
        )
    if status == HTTPStatus.NOT_FOUND:
        return "EMBY_BASE_URL leads to no Emby server: check the address, and the path behind the host name."
    return None
