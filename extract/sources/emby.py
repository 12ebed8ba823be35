"""Emby: a client for the server, checks of its answers, and its listings page by page."""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any, TypeVar

from extract.errors import ApiError
from extract.progress import Progress
from extract.settings import EmbySettings
from extract.sources.http import Client, HeaderAuth, OnResponse, ignore
from extract.sources.json_answer import as_text, describe

Expected = TypeVar("Expected", dict[str, Any], list[Any])

PING_PATH = "/System/Ping"
# Rows that are removed from a listing while it is read move the rest towards its beginning, across the border of a
# page. Pages overlap by this much, so that what moved is met all the same.
PAGE_OVERLAP = 20
# No library is longer; a server that invents an id for every page would be read for ever.
MOST_OBJECTS = 2_000_000


def connect(settings: EmbySettings, on_response: OnResponse = ignore) -> Client:
    """Return a client for the server. Nothing is sent yet. `on_response` is called with every answer."""
    return Client(
        "Emby",
        settings.base_url,
        HeaderAuth("X-Emby-Token", settings.api_key),
        explain=_explain,
        on_response=on_response,
        verify=settings.verify,
    )


def is_server(client: Client) -> bool:
    """Return whether a media server answers at the address; no key is needed for that.

    Source: Emby, GET /System/Ping.
    """
    said = client.get_text(PING_PATH)
    return "Server" in said and "<" not in said


def expect(kind: type[Expected], answer: Any, where: str) -> Expected:
    """Return the answer if it is of this type.

    Raises: ApiError otherwise, with a description of what came.
    """
    if not isinstance(answer, kind):
        wanted = "an object" if kind is dict else "a list"
        raise ApiError(
            f"Emby: {where}: {wanted} was expected, and {describe(answer)} came. "
            "Does EMBY_BASE_URL lead to an Emby server, and to nothing else on the way?"
        )
    return answer


def iter_pages(  # noqa: C901 - the ways in which a listing ends
    client: Client,
    path: str,
    params: dict[str, Any],
    page_size: int,
    progress: Progress,
    *,
    may_be_empty: bool = False,
) -> Iterator[dict[str, Any]]:
    """Yield the objects of a paged listing, each id once, even if rows come and go while it is read.

    `TotalRecordCount` does not tell the end: it was seen as 0 beside a full page. The listing ends with an empty page,
    with a short page without a new id, or, from a server that ignores `StartIndex`, with the first page again if that
    held everything. An object without an id is rejected.
    Raises: ApiError if the server answers out of contract, with the same page again and again, with more than two
    million objects, or, unless `may_be_empty`, with none.
    """
    overlap = min(PAGE_OVERLAP, page_size // 2)
    seen: set[str] = set()
    rejected: set[str] = set()
    start = 0
    first: list[Any] = []
    while True:
        page = expect(dict, client.get_json(path, {**params, "StartIndex": start, "Limit": page_size}), path)
        listed = expect(list, page.get("Items"), f"{path}, under Items")
        fresh = [item for item in listed if id_of(item) is not None and id_of(item) not in seen]
        for item in listed:
            if id_of(item) is None and describe(item) not in rejected:
                rejected.add(describe(item))
                progress.reject(f"{path} lists something without an Id: {describe(item)}")
        for item in fresh:
            item_id = str(id_of(item))
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


def id_of(item: Any) -> str | None:
    """Return the id of an object of the server as a text; None if it has none that could be one."""
    item_id = item.get("Id") if isinstance(item, dict) else None
    # True is a number to Python.
    return as_text(item_id) if item_id and isinstance(item_id, str | int) and item_id is not True else None


def _endless(client: Client, path: str, what: str) -> ApiError:
    return ApiError(
        f"{client.service}: GET {path}: the listing {what}, so that it cannot be read whole. Nothing was changed. "
        "Does a cache on the way ignore what is asked?"
    )


def _explain(status: int, path: str) -> str | None:
    if path == PING_PATH and status == HTTPStatus.UNAUTHORIZED:
        return "An Emby server asks for no key there: check EMBY_BASE_URL, and the path in it."
    if status == HTTPStatus.UNAUTHORIZED:
        return "EMBY_API_KEY is wrong or was revoked: make a new one under Settings > Advanced > API Keys."
    if status == HTTPStatus.FORBIDDEN:
        return "The key lacks an administrator's rights, which reading the history needs."
    if path.startswith("/user_usage_stats") and status == HTTPStatus.NOT_FOUND:
        return "EMBY_BASE_URL leads to no Emby server, or that server has no Playback Reporting plugin."
    if status == HTTPStatus.NOT_FOUND:
        return "EMBY_BASE_URL leads to no Emby server: check the address, and the path behind the host name."
    return None
