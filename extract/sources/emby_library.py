"""Items and users of an Emby server."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from extract.progress import Progress
from extract.sources.emby import expect, id_of, iter_pages
from extract.sources.http import Client
from extract.sources.json_answer import as_json, as_text

Row = dict[str, Any]

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

# An answer without fields is a tenth as long.
BARE_PAGES = 10
# A longer address is refused with 414.
IDS_PER_REQUEST = 50
ITEM_SAVED_FORMAT = "%Y-%m-%dT%H:%M:%SZ"
FAR_FUTURE = timedelta(days=3650)


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
    for item in iter_pages(client, "/Items", params, page_size, progress, may_be_empty=saved_since is not None):
        yield _item_row(item)


def server_id(client: Client) -> str | None:
    """Return the server's id, which its items have as `ServerId`.

    Raises: ApiError if the server answers out of contract.
    Source: Emby, GET /System/Info.
    """
    return as_text(expect(dict, client.get_json("/System/Info"), "/System/Info").get("Id"))


def iter_item_ids(client: Client, page_size: int, progress: Progress) -> Iterator[str]:
    """Yield the id of every Movie, Episode and Series of the library, once.

    Raises: ApiError if the server answers out of contract, or with no item at all.
    Source: Emby, GET /Items, without fields.
    """
    for item in iter_pages(client, "/Items", LIBRARY | SORTED | BARE, page_size * BARE_PAGES, progress):
        yield str(id_of(item))


def iter_items_by_id(client: Client, item_ids: Sequence[str]) -> Iterator[Row]:
    """Yield those of these items that the server has, also if its listing lacks them.

    Shape: as `iter_items`.
    Raises: ApiError if the server answers out of contract.
    Source: Emby, GET /Items with `Ids`.
    """
    for start in range(0, len(item_ids), IDS_PER_REQUEST):
        batch = item_ids[start : start + IDS_PER_REQUEST]
        found = _ask_for(client, batch)
        if len(batch) > 1 and any(id_of(item) not in batch for item in found):
            # The server could not read one of the ids, and dropped the filter: ask for each alone.
            found = [item for item_id in batch for item in _ask_for(client, [item_id])]
        for item in found:
            if id_of(item) in batch:
                yield _item_row(item)


def honours_saved_since(client: Client) -> bool:
    """Return whether the server filters by `MinDateLastSaved`, asking for what will be changed in ten years' time.

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
    for user in iter_pages(client, "/Users/Query", {}, page_size, progress):
        yield {
            "user_id": id_of(user),
            "user_name": as_text(user.get("Name")),
            "payload": as_json(user),
        }


def _ask_for(client: Client, item_ids: Sequence[str]) -> list[dict[str, Any]]:
    params = LIBRARY | {"Ids": ",".join(item_ids), "Fields": ITEM_FIELDS, "Limit": len(item_ids)}
    answer = expect(dict, client.get_json("/Items", params), "/Items")
    return [item for item in expect(list, answer.get("Items"), "/Items, under Items") if id_of(item)]


def _item_row(item: dict[str, Any]) -> Row:
    return {
        "item_id": id_of(item),
        "item_type": as_text(item.get("Type")),
        "payload": as_json(item),
    }
