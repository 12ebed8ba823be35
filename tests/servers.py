"""Households of a few rows, and servers that misbehave on command."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from extract.demo.household import Household, Play
from extract.demo.library import Payload
from extract.demo.loopback import Answer, Request, Response, serve
from extract.demo.servers import API_KEY, Emby
from extract.settings import EmbySettings
from extract.sources import emby
from extract.sources.http import Client, HeaderAuth

MOVIE_MINUTES = 90


def movie(item_id: str, name: str = "A film", **fields: Any) -> Payload:
    return {
        "Id": item_id,
        "Name": name,
        "Type": "Movie",
        "SortName": name,
        "DateCreated": f"2025-01-01T00:00:{int(item_id) % 60:02}.0000000Z",
        "RunTimeTicks": MOVIE_MINUTES * 600_000_000,
        **fields,
    }


def user(user_id: str, name: str, *, is_hidden: bool = False) -> Payload:
    return {"Id": user_id, "Name": name, "Policy": {"IsHidden": is_hidden}}


def play(played_at: str, user_id: str, item_id: str, seconds: int, pause: int | None = 0, **fields: Any) -> Play:
    return Play(
        **{
            "played_at": played_at if "." in played_at else f"{played_at}.0000000",
            "user_id": user_id,
            "item_id": item_id,
            "item_type": "Movie",
            "item_name": f"Item {item_id}",
            "playback_method": "DirectPlay",
            "client_name": "Emby Web",
            "device_name": "Firefox",
            "play_seconds": seconds + (pause or 0),
            "pause_seconds": pause,
            "remote_address": "192.168.1.2",
            **fields,
        }
    )


def json_response(value: Any, status: int = 200) -> Response:
    return Response(status, json.dumps(value).encode())


class Script:
    """An answer that plays what was scripted, in order, and then what the real one says. Remembers the requests."""

    def __init__(self, real: Answer, *scripted: Response | Callable[[Request], Response], on: str = "") -> None:
        self.requests: list[Request] = []
        self._real = real
        self._scripted = list(scripted)
        self._on = on

    def __call__(self, request: Request) -> Response:
        self.requests.append(request)
        if not self._scripted or not request.path.startswith(self._on):
            return self._real(request)
        response = self._scripted.pop(0)
        return response(request) if callable(response) else response


@contextmanager
def emby_client(answer: Answer | Household) -> Iterator[Client]:
    """Yield a client of a server that answers so."""
    with serve(Emby(answer) if isinstance(answer, Household) else answer) as url:
        yield emby.connect(EmbySettings(url, API_KEY))


@contextmanager
def plain_client(answer: Answer, timeouts: tuple[float, float] = (5, 5)) -> Iterator[Client]:
    """Yield a client that knows no service."""
    with serve(answer) as url:
        yield Client(
            "Test", url, HeaderAuth("X-Test", "secret"), explain=lambda _status, _path: None, timeouts=timeouts
        )
