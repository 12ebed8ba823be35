"""Rows out of an Emby server's library and list of users. Knows the API, and no tables."""

import json
import textwrap
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Any, TypeVar

from extract.errors import ApiError
from extract.run.progress import Progress
from extract.settings import EmbySettings
from extract.sources.http import Client, HeaderAuth, OnResponse, ignore
from extract.sources.json_answer import cut_deep

Row = dict[str, Any]
Expected = TypeVar("Expected", dict[str, Any], list[Any])

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
LIBRARY = {"Recursive": "true", "IncludeItemTypes": "Movie,Episode,Series"}
SORTED = {"SortBy": "DateCreated,SortName", "SortOrder": "Ascending"}
BARE = {"EnableImages": "false", "EnableUserData": "false"}

# Rows that are removed from a listing while it is read move the rest towards its beginning, across the border of a
# page. Pages overlap by this much, so that what moved is met all the same.
PAGE_OVERLAP = 20
# An answer without fields is a tenth as long.
BARE_PAGES = 10
# No library is longer; a server that invents an id for every page would be read for ever.
MOST_OBJECTS = 2_000_000
# A longer address is refused with 414.
IDS_PER_REQUEST = 50
ITEM_SAVED_FORMAT = "%Y-%m-%dT%H:%M:%SZ"
FAR_FUTURE = timedelta(days=3650)


def connect(settings: EmbySettings, on_response: OnResponse = ignore) -> Client:
    """Return a client for the server. Nothing is sent yet. `on_response` hears of every answer."""
    return Client(
        "Emby",
        settings.base_url,
        HeaderAuth("X-Emby-Token", settings.api_key),
        explain=_explain,
        on_response=on_response,
        verify=settings.verify,
    )


def is_server(client: Client) -> bool:
    """Tell whether a media server answers at the address; no key is needed for that.

    Source: Emby, GET /System/Ping.
    """
    said = client.get_text("/System/Ping")
    return "Server" in said and "<" not in said


def iter_items(
    client: Client, page_size: int, progress: Progress, saved_since: datetime | None = None
) -> Iterator[Row]:
    """Yield every Movie, Episode and Series of the library, once; with `saved_since`, those changed from then on.

    Shape: `item_id`, `item_type`, `payload` (the BaseItemDto as received, JSON).
    Raises: ApiError if the server answers out of contract, or, unless `saved_since` is given, with no item at all.
    Source: Emby, GET /Items.
    """
    params = LIBRARY | SORTED | {"Fields": ITEM_FIELDS}
    if saved_since is not None:
        params["MinDateLastSaved"] = saved_since.strftime(ITEM_SAVED_FORMAT)
    for item in _iter_pages(client, "/Items", params, page_size, progress, may_be_empty=saved_since is not None):
        yield _item_row(item)


def iter_item_ids(client: Client, page_size: int, progress: Progress) -> Iterator[str]:
    """Yield the id of every Movie, Episode and Series of the library, once.

    Raises: ApiError if the server answers out of contract, or with no item at all.
    Source: Emby, GET /Items, without fields.
    """
    for item in _iter_pages(client, "/Items", LIBRARY | SORTED | BARE, page_size * BARE_PAGES, progress):
        yield str(_id_of(item))


def iter_items_by_id(client: Client, item_ids: Sequence[str]) -> Iterator[Row]:
    """Yield those of these items that the server has, whatever its listing says.

    Shape: as `iter_items`.
    Raises: ApiError if the server answers out of contract.
    Source: Emby, GET /Items with `Ids`.
    """
    for start in range(0, len(item_ids), IDS_PER_REQUEST):
        batch = item_ids[start : start + IDS_PER_REQUEST]
        found = _ask_for(client, batch)
        if len(batch) > 1 and any(_id_of(item) not in batch for item in found):
            # The server could not read one of the ids, and dropped the filter: ask for each alone.
            found = [item for item_id in batch for item in _ask_for(client, [item_id])]
        for item in found:
            if _id_of(item) in batch:
                yield _item_row(item)


def honours_saved_since(client: Client) -> bool:
    """Tell whether the server filters by `MinDateLastSaved`, by asking for what was changed in ten years' time.

    Source: Emby, GET /Items.
    """
    then = datetime.now(UTC) + FAR_FUTURE
    params = LIBRARY | BARE | {"Limit": 1, "MinDateLastSaved": then.strftime(ITEM_SAVED_FORMAT)}
    return not expect(list, expect(dict, client.get_json("/Items", params), "/Items").get("Items"), "/Items")


def iter_users(client: Client, page_size: int, progress: Progress) -> Iterator[Row]:
    """Yield every user of the server, hidden and disabled ones too, once.

    Shape: `user_id`, `user_name`, `payload` (the UserDto as received, JSON).
    Raises: ApiError if the server answers out of contract, or with no user at all.
    Source: Emby, GET /Users/Query.
    """
    for user in _iter_pages(client, "/Users/Query", {}, page_size, progress):
        yield {
            "user_id": _id_of(user),
            "user_name": as_text(user.get("Name")),
            "payload": as_json(user),
        }


def expect(kind: type[Expected], answer: Any, where: str) -> Expected:
    """Return the answer, of a checked type.

    Raises: ApiError, saying what came instead.
    """
    if not isinstance(answer, kind):
        wanted = "an object" if kind is dict else "a list"
        raise ApiError(
            f"Emby: {where}: {wanted} was expected, and {describe(answer)} came. "
            "Does EMBY_BASE_URL lead to an Emby server, and to nothing else on the way?"
        )
    return answer


def describe(value: Any) -> str:
    """Return a value as short JSON, for a message."""
    return textwrap.shorten(as_json(value), 80, placeholder="...")


def as_json(value: Any) -> str:
    """Return a value as JSON that a database can hold: half a surrogate pair is no character, and becomes a "?"."""
    try:
        text = json.dumps(value, ensure_ascii=False)
    except RecursionError:
        text = json.dumps(cut_deep(value), ensure_ascii=False)
    return text.encode(errors="replace").decode()


def as_text(value: Any) -> str | None:
    """Return a text as received, and anything else but null as JSON."""
    if value is None:
        return None
    if not isinstance(value, str):
        return as_json(value)
    # Nothing to replace in ASCII, and asking is quicker than trying.
    return value if value.isascii() else value.encode(errors="replace").decode()


def _iter_pages(  # noqa: C901 - the ways in which a listing ends
    client: Client,
    path: str,
    params: dict[str, Any],
    page_size: int,
    progress: Progress,
    *,
    may_be_empty: bool = False,
) -> Iterator[dict[str, Any]]:
    """Yield the objects of a paged listing, each id once, even if rows come and go while it is read.

    `TotalRecordCount` is no guide to the end, it was seen as 0 beside a full page: the end is an empty page, a short
    one without a new id, or, from a server that ignores where to start, the same again although it held everything.
    Raises: ApiError if the server answers the same page again and again, or more than it says it has.
    """
    overlap = min(PAGE_OVERLAP, page_size // 2)
    seen: set[str] = set()
    rejected: set[str] = set()
    start = 0
    first: list[Any] = []
    while True:
        page = expect(dict, client.get_json(path, {**params, "StartIndex": start, "Limit": page_size}), path)
        listed = expect(list, page.get("Items"), f"{path}, under Items")
        fresh = [item for item in listed if _id_of(item) is not None and _id_of(item) not in seen]
        for item in listed:
            if _id_of(item) is None and describe(item) not in rejected:
                rejected.add(describe(item))
                progress.reject(f"{path} lists something without an Id: {describe(item)}")
        for item in fresh:
            item_id = str(_id_of(item))
            if item_id not in seen:
                seen.add(item_id)
                yield item
        reached = start + len(listed)
        total = page.get("TotalRecordCount")
        known_total = total if isinstance(total, int) and total >= len(seen) else None
        if first and listed == first and len(listed) == page_size and known_total != len(seen):
            raise _endless(client, path, "answers its first page again where others were asked for")
        if len(seen) > MOST_OBJECTS:
            raise _endless(client, path, f"does not come to an end: {len(seen):,} rows came")
        if not listed or (not fresh and (len(listed) < page_size or listed == first)):
            break
        first = first or listed
        if overlap and start and len(fresh) == len(listed):
            # Not even the overlap was met before: more was removed than it is long. Look further back.
            start = max(0, start - page_size)
        else:
            start = max(start + 1, reached - overlap)
        progress.advance(len(seen), known_total, path.split("/")[1].lower())
    if not seen and not may_be_empty:
        raise ApiError(
            f"{client.service}: GET {path}: the listing is empty, which no server in use is. "
            "Nothing was changed. Does the key belong to this server, and is its library there?"
        )


def _endless(client: Client, path: str, what: str) -> ApiError:
    return ApiError(
        f"{client.service}: GET {path}: the listing {what}, so that it cannot be read whole. Nothing was changed. "
        "Does a cache on the way ignore what is asked?"
    )


def _ask_for(client: Client, item_ids: Sequence[str]) -> list[dict[str, Any]]:
    params = LIBRARY | {"Ids": ",".join(item_ids), "Fields": ITEM_FIELDS, "Limit": len(item_ids)}
    answer = expect(dict, client.get_json("/Items", params), "/Items")
    return [item for item in expect(list, answer.get("Items"), "/Items, under Items") if _id_of(item)]


def _item_row(item: dict[str, Any]) -> Row:
    return {
        "item_id": _id_of(item),
        "item_type": as_text(item.get("Type")),
        "payload": as_json(item),
    }


def _id_of(item: Any) -> str | None:
    item_id = item.get("Id") if isinstance(item, dict) else None
    # True is a number to Python.
    return as_text(item_id) if item_id and isinstance(item_id, str | int) and item_id is not True else None


def _explain(status: int, path: str) -> str | None:
    del path
    if status == HTTPStatus.UNAUTHORIZED:
        return "EMBY_API_KEY is wrong or was revoked: make a new one under Settings > Advanced > API Keys."
    if status == HTTPStatus.FORBIDDEN:
        return "The key lacks an administrator's rights, which reading the history needs."
    if status == HTTPStatus.NOT_FOUND:
        return "EMBY_BASE_URL leads to no Emby server: check the address, and the path behind the host name."
    return None
