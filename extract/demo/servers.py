"""The answers of the simulated Emby, with Playback Reporting, and of the simulated TMDB."""

import json
import sqlite3
import threading
import weakref
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from http import HTTPStatus
from typing import Any

from extract.demo.household import Household
from extract.demo.loopback import Request, Response

API_KEY = "demo-key-of-the-simulated-emby"
READ_ACCESS_TOKEN = "demo-token-of-the-simulated-tmdb"  # noqa: S105 - it opens nothing

ALWAYS_SENT = frozenset(
    {
        "Name", "ServerId", "Id", "Type", "IsFolder", "MediaType", "RunTimeTicks", "IndexNumber", "ParentIndexNumber",
        "SeriesId", "SeriesName", "SeasonId", "SeasonName", "ImageTags", "BackdropImageTags",
    }
)  # fmt: skip
SENT_WITH = {"Genres": ("Genres", "GenreItems"), "Tags": ("TagItems",)}
LONG_AGO = "2000-01-01T00:00:00Z"
LONGEST_PATH = 8_000
SORTABLE = frozenset({"DateCreated", "SortName"})

PLAYBACK_TABLE = """
create table PlaybackActivity (
    DateCreated text, UserId text, ItemId text, ItemType text, ItemName text, PlaybackMethod text,
    ClientName text, DeviceName text, PlayDuration int, PauseDuration int, RemoteAddress text, TranscodeReasons text
)
"""


class Emby:
    """Answers as Emby 4.8 with Playback Reporting 2.0 does."""

    def __init__(self, household: Household, api_key: str = API_KEY) -> None:
        self._household = household
        self._api_key = api_key
        self._names = {user["Id"]: user["Name"] for user in household.users}
        # The real plugin keeps its rows in SQLite too, and its windows are this table's text comparisons.
        self._plays = sqlite3.connect(":memory:", check_same_thread=False)
        weakref.finalize(self, self._plays.close)
        self._plays_lock = threading.Lock()
        self._plays.execute(PLAYBACK_TABLE)
        self._plays.executemany(
            "insert into PlaybackActivity values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (
                    play.played_at,
                    play.user_id,
                    play.item_id,
                    play.item_type,
                    play.item_name,
                    play.playback_method,
                    play.client_name,
                    play.device_name,
                    play.play_seconds,
                    play.pause_seconds,
                    play.remote_address,
                    play.transcode_reasons,
                )
                for play in household.plays
            ),
        )
        # No index: the plugin's table has none either, and a query holds its lock as long as it takes.
        self._plays.commit()
        self._plays.create_function("datetime", -1, self._clock)
        self._plays.execute("pragma query_only = on")

    def __call__(self, request: Request) -> Response:
        """Answer a request."""
        if request.path == "/System/Ping":
            return Response(body=b"Emby Server", content_type="text/plain")
        if request.headers.get("X-Emby-Token") != self._api_key:
            return Response(HTTPStatus.UNAUTHORIZED, b"Access token is invalid or expired.", "text/plain")
        if request.method == "POST" and request.path == "/user_usage_stats/submit_custom_query":
            return self._custom_query(json.loads(request.body))
        routes: dict[str, Callable[[Mapping[str, str]], Response]] = {
            "/System/Info": self._info,
            "/Items": self._items,
            "/Users/Query": self._users,
            "/user_usage_stats/UserPlaylist": self._playlist,
        }
        route = routes.get(request.path)
        if request.method != "GET" or route is None:
            return Response(HTTPStatus.NOT_FOUND, b"Unable to find the requested resource", "text/plain")
        return route(request.query)

    def _clock(self, *arguments: str) -> str | None:
        """Stand for SQLite's datetime() where it is asked for the time: the server has a clock of its own."""
        zones = {("now",): UTC, ("now", "localtime"): self._household.zone}
        zone = zones.get(arguments)
        return datetime.now(zone).strftime("%Y-%m-%d %H:%M:%S") if zone is not None else None

    def _info(self, query: Mapping[str, str]) -> Response:
        del query
        return _json({"ServerName": "demo", "Version": "4.8.11.0", "Id": self._household.server_id})

    def _items(self, query: Mapping[str, str]) -> Response:
        sort_by = [name for name in query.get("SortBy", "SortName").split(",") if name]
        if not SORTABLE.issuperset(sort_by):
            return Response(HTTPStatus.INTERNAL_SERVER_ERROR, b"Unknown sort order", "text/plain")
        types = set(query.get("IncludeItemTypes", "").split(","))
        listed = [item for item in self._household.items if item["Type"] in types]
        if query.get("Recursive", "").lower() != "true":
            listed = []  # the root has folders for children, and no films
        if sum(map(len, query.values())) > LONGEST_PATH:
            return Response(HTTPStatus.REQUEST_URI_TOO_LONG, b"", "text/plain")
        ids = query.get("Ids", "").split(",")
        if all(item_id.isdecimal() for item_id in ids):  # a filter that cannot be read is dropped
            listed = [item for item in listed if item["Id"] in ids]
        if "MinDateLastSaved" in query:
            saved_at = self._household.saved_at
            listed = [i for i in listed if saved_at.get(i["Id"], LONG_AGO) >= query["MinDateLastSaved"]]
        listed.sort(key=lambda item: tuple(item.get(name, "") for name in sort_by))
        wanted = set(ALWAYS_SENT)
        for name in query.get("Fields", "").split(","):
            wanted.update(SENT_WITH.get(name, (name,)))
        return _page(listed, query, wanted)

    def _users(self, query: Mapping[str, str]) -> Response:
        listed = self._household.users
        if "IsHidden" in query:
            hidden = query["IsHidden"].lower() == "true"
            listed = [user for user in listed if user["Policy"]["IsHidden"] == hidden]
        return _page(listed, query)

    def _playlist(self, query: Mapping[str, str]) -> Response:
        end = date.fromisoformat(query["end_date"]) if query.get("end_date") else datetime.now(UTC).date()
        start = end - timedelta(days=int(query.get("days") or 0))
        with self._plays_lock:
            rows = self._plays.execute(
                "select DateCreated, UserId, ItemId, ItemType, ItemName, PlayDuration - PauseDuration, RemoteAddress "
                "from PlaybackActivity where DateCreated >= ? and DateCreated <= ? and (? = '' or UserId = ?) "
                "order by DateCreated desc",
                (f"{start} 00:00:00", f"{end} 23:59:59", *[query.get("user_id", "")] * 2),
            ).fetchall()
        return _json(
            [
                {
                    "date": played_at[:10],
                    "time": played_at[11:19],
                    "user_id": user_id,
                    "item_name": item_name,
                    "item_id": int(item_id) if item_id.isdecimal() else item_id,
                    "item_type": item_type,
                    "duration": None if seconds is None else str(seconds),
                    "remote_address": remote_address,
                    "user_name": self._names.get(user_id, "unknown"),
                    "user_has_image": False,
                }
                for played_at, user_id, item_id, item_type, item_name, seconds, remote_address in rows
            ]
        )

    def _custom_query(self, body: Mapping[str, Any]) -> Response:
        with self._plays_lock:
            try:
                cursor = self._plays.execute(body["CustomQueryString"])
                rows = cursor.fetchall()
            except sqlite3.Error as error:
                return _json({"colums": [], "results": [], "message": f"Error Running Query</br>{error}"})
        columns = [name for name, *_ in cursor.description or ()]
        cells = [["" if cell is None else str(cell) for cell in row] for row in rows]
        return _json({"colums": columns, "results": cells, "message": ""})


class Tmdb:
    """Answers as TMDB's API, version 3, does."""

    def __init__(self, household: Household, token: str = READ_ACCESS_TOKEN) -> None:
        self._genres = {
            "/genre/movie/list": household.movie_genres,
            "/genre/tv/list": household.tv_genres,
        }
        self._token = token

    def __call__(self, request: Request) -> Response:
        """Answer a request."""
        if request.headers.get("Authorization") != f"Bearer {self._token}":
            refusal = "Invalid API key: You must be granted a valid key."
            return _json({"status_code": 7, "status_message": refusal, "success": False}, HTTPStatus.UNAUTHORIZED)
        genres = self._genres.get(request.path)
        if genres is None:
            missing = "The resource you requested could not be found."
            return _json({"status_code": 34, "status_message": missing, "success": False}, HTTPStatus.NOT_FOUND)
        return _json({"genres": [{"id": id_, "name": name} for id_, name in genres.items()]})


def _page(listed: list[dict[str, Any]], query: Mapping[str, str], wanted: set[str] | None = None) -> Response:
    start = int(query.get("StartIndex") or 0)
    limit = int(query.get("Limit") or len(listed) or 1)
    page = [
        {name: value for name, value in item.items() if wanted is None or name in wanted}
        for item in listed[start : start + limit]
    ]
    return _json({"Items": page, "TotalRecordCount": len(listed)})


def _json(value: Any, status: int = HTTPStatus.OK) -> Response:
    return Response(status, json.dumps(value, ensure_ascii=False).encode())
