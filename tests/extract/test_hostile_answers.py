"""Servers that drip, swell, repeat themselves, or write what is not JSON: each ends with a message, within bounds."""

import gzip
import json
import socket
import subprocess
import sys
import threading
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from extract.demo.household import Household
from extract.demo.loopback import Answer, Request, Response, serve
from extract.demo.servers import API_KEY, READ_ACCESS_TOKEN, Emby, Tmdb
from extract.errors import ApiError, UnreachableError
from extract.sources import http
from extract.sources.json_answer import parse_json
from extract.sources.retries import CONNECTION_ATTEMPTS, RetryableError
from tests.dbt import build
from tests.environment import Rows, environment
from tests.servers import movie, plain_client, play, user

Extract = Callable[..., Result]
Query = Callable[[str], Rows]

HOUSEHOLD = Household(
    items=[movie("1", Genres=["Drama"])], users=[user("u1", "ann")], plays=[play("2025-08-20 20:00:00", "u1", "1", 60)]
)


@contextmanager
def raw_server(talk: Callable[[socket.socket, threading.Event], None]) -> Iterator[str]:
    """Serve one connection after the other with bare bytes; `talk` ends when the event is set."""
    done = threading.Event()
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        listener.settimeout(0.05)

        def serve_all() -> None:
            while not done.is_set():
                try:
                    connection, _ = listener.accept()
                except TimeoutError:
                    continue
                with connection:
                    try:
                        connection.recv(65_536)
                        talk(connection, done)
                    except OSError:
                        continue

        thread = threading.Thread(target=serve_all)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            done.set()
            thread.join()


def drip(start: bytes, drop: bytes) -> Callable[[socket.socket, threading.Event], None]:
    def talk(connection: socket.socket, done: threading.Event) -> None:
        connection.sendall(start)
        while not done.wait(0.05):
            connection.sendall(drop)

    return talk


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
DRIPS = {
    "status line": drip(b"H", b"T"),
    "headers": drip(HEAD, b"X"),
    "body": drip(HEAD + b"Content-Length: 100000\r\n\r\n[", b" "),
    "chunks": drip(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\n \r\n"),
}


@pytest.mark.parametrize("talk", DRIPS.values(), ids=DRIPS)
def test_an_answer_that_drips_ends_with_a_message(
    talk: Callable[[socket.socket, threading.Event], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http, "LONGEST_ANSWER_SECONDS", 0.5)
    with raw_server(talk) as url:
        client = http.Client("Test", url, http.HeaderAuth("X", "secret"), explain=lambda *_: None)
        with pytest.raises(ApiError, match="was not complete after 0.5 s") as caught:
            client.get_json("/x")
        assert not isinstance(caught.value, RetryableError)
        assert client.request_count == 1


def bomb(encoding: str) -> bytes:
    """Return 10 GB of blanks, zipped to 10 MB: a gigabyte at a time would do as well, and be no bomb."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31 if encoding == "gzip" else 15)
    blanks = bytes(10_000_000).replace(b"\0", b" ")
    # After a full flush a block stands for itself, and can be repeated.
    first, again = (packer.compress(blanks) + packer.flush(zlib.Z_FULL_FLUSH) for _ in range(2))
    return first + again * 999 + packer.flush()


BOMB_SERVER = """
import sys
from extract.errors import ApiError
from extract.sources.http import Client, HeaderAuth
import resource
client = Client("Test", sys.argv[1], HeaderAuth("X", "secret"), explain=lambda *_: None)
try:
    client.get_json("/x")
except ApiError as error:
    print(error)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def test_ten_gigabytes_zipped_to_ten_megabytes_are_not_unpacked() -> None:
    body = bomb("gzip")
    assert len(body) < 12_000_000
    packed = Response(body=body, headers={"Content-Encoding": "gzip"})
    with serve(lambda _: packed) as url:
        ended = subprocess.run(
            [sys.executable, "-c", BOMB_SERVER, url], env=environment(), capture_output=True, text=True, check=True
        )
    message, kilobytes = ended.stdout.splitlines()
    assert "longer than 64 MB" in message
    assert "--page-size" in message
    assert int(kilobytes) < 400_000


def test_a_zipped_answer_is_read() -> None:
    with plain_client(lambda _: Response(body=gzip.compress(b'{"a": 1}'), headers={"Content-Encoding": "gzip"})) as c:
        assert c.get_json("/x") == {"a": 1}


def nested(levels: int, inner: str = "1") -> str:
    return "[" * levels + inner + "]" * levels


ODD_JSON = {
    "NaN": ("NaN", "NaN"),
    "infinities": ("[Infinity, -Infinity]", ["Infinity", "-Infinity"]),
    "30 digits": ("9" * 30, int("9" * 30)),
    "5,000 digits": ("9" * 5000, "9" * 5000),
    "half a character": (r'"\ud800"', "\ud800"),
    "NUL": (r'"a\u0000b"', "a\0b"),
    "the same name twice": ('{"a": 1, "a": 2}', {"a": 2}),
    "a byte order mark": ("\ufeff[1]", [1]),
}


@pytest.mark.parametrize(("text", "value"), ODD_JSON.values(), ids=ODD_JSON)
def test_odd_json_is_read(text: str, value: Any) -> None:
    with plain_client(lambda _: Response(body=text.encode())) as client:
        assert client.get_json("/x") == value


def test_bytes_that_are_no_characters_lose_no_page() -> None:
    with plain_client(lambda _: Response(body=b'{"a": "\xff", "b": 1}')) as client:
        assert client.get_json("/x")["b"] == 1


@pytest.mark.parametrize("levels", [1000, 100_000])
def test_what_is_nested_too_deep_becomes_text_and_the_rest_is_read(levels: int) -> None:
    text = '{"deep": ' + nested(levels, '"]\\"["') + ', "after": [{"x": "[{"}]}'
    value = parse_json(text)
    assert value["after"] == [{"x": "[{"}]
    while isinstance(value, dict | list):
        value = value["deep"] if isinstance(value, dict) else value[0]
    assert value.startswith("[[[")
    json.loads(json.dumps(value))


@contextmanager
def serving(server: Answer, tmdb: Answer) -> Iterator[dict[str, str]]:
    with serve(server) as emby_url, serve(tmdb) as tmdb_url:
        yield {
            "EMBY_BASE_URL": emby_url,
            "EMBY_API_KEY": API_KEY,
            "TMDB_BASE_URL": tmdb_url,
            "TMDB_READ_ACCESS_TOKEN": READ_ACCESS_TOKEN,
        }


def item_with(text: str) -> bytes:
    """Return a listing of a good item and one of which a field is this JSON."""
    good = json.dumps(movie("1", Genres=["Drama"]))
    odd = json.dumps(movie("2", RunTimeTicks="HERE", GenreItems="HERE", Overview="HERE", ProviderIds="HERE"))
    return f'{{"Items": [{good}, {odd.replace(chr(34) + "HERE" + chr(34), text)}], "TotalRecordCount": 2}}'.encode()


FIELDS = {
    **{name: text for name, (text, _) in ODD_JSON.items() if "mark" not in name},
    "a thousand levels": nested(1000),
    "five hundred levels": nested(500),
    "null": "null",
    "a number": "5.5",
    "a list": '[[], {}, null, 1, "x", {"Name": {}}, {"Name": "Drama", "Id": [1]}]',
    "an object": '{"Name": ["x"], "a": {"b": 1}, "": null}',
    "true": "true",
}


@pytest.mark.parametrize("text", FIELDS.values(), ids=FIELDS)
def test_a_field_of_another_shape_lands_and_the_models_stand_it(
    extract: Extract, query: Query, events_in: Callable[..., Rows], database: Path, text: str
) -> None:
    real = Emby(HOUSEHOLD)

    def odd(request: Request) -> Response:
        has_fields = request.path == "/Items" and request.query.get("StartIndex") == "0"
        return Response(body=item_with(text)) if has_fields else real(request)

    with serving(odd, Tmdb(HOUSEHOLD)) as settings:
        result = extract(**settings)
    assert result.exit_code == 0, result.output
    assert "Traceback" not in result.output
    landed = [item_id for (item_id,) in query("select item_id from raw_emby_items order by 1")]
    assert landed == ["1", "2"] or (landed == ["1"] and "items: left out: '2'" in result.output)
    # Every model reads it.
    assert len(events_in(database)) == 1
    assert len(events_in(database, mart="library_items", order="item_id")) == len(landed)


SHAPES: dict[str, Any] = {
    "null": None,
    "a number": 1,
    "a text": "x",
    "a list": [[]],
    "no id": {"Name": "x"},
    "an object for an id": {"Id": {}, "Name": "x"},
    "a list for an id": {"Id": ["1"]},
    "true for an id": {"Id": True},
    "a fraction for an id": {"Id": 1.5},
    "an empty id": {"Id": ""},
    "an object for a name": {"Id": "7", "Name": {"a": 1}, "Type": ["Movie"], "Policy": "x"},
    "NUL": {"Id": "7\0", "Name": "\0", "Type": "\0"},
    "half a character": {"Id": "7\ud800", "Name": "\udfff", "Type": "\ud800"},
    "a bar": {
        "Id": "7|8",
        "Name": "|",
        "Type": "Movie",
        "Genres": ["|", "a|b"],
        "Tags": ["|"],
        "ProviderIds": {"|": "|"},
    },
}


@pytest.mark.parametrize("path", ["/Items", "/Users/Query"])
@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_a_row_of_another_shape_lands_or_is_left_out_with_a_reason(
    extract: Extract, query: Query, events_in: Callable[..., Rows], database: Path, path: str, shape: Any
) -> None:
    real = Emby(HOUSEHOLD)

    def odd(request: Request) -> Response:
        if request.path != path or request.query.get("StartIndex") != "0":
            return real(request)
        rows = [*(HOUSEHOLD.items if path == "/Items" else HOUSEHOLD.users), shape]
        return Response(body=json.dumps({"Items": rows, "TotalRecordCount": "many"}).encode())

    with serving(odd, Tmdb(HOUSEHOLD)) as settings:
        result = extract(**settings)
    assert result.exit_code == 0, result.output
    table = "raw_emby_items" if path == "/Items" else "raw_emby_users"
    (landed,) = query(f"select count(*) from {table}")[0]
    assert landed == 2 or "lists something without an Id" in result.output
    assert len(events_in(database)) == 1


@pytest.mark.parametrize("items", [None, {}, "x", 5])
def test_a_listing_that_is_no_list_is_told(extract: Extract, items: Any) -> None:
    odd = Response(body=json.dumps({"Items": items}).encode())
    real = Emby(HOUSEHOLD)
    with serving(lambda r: odd if r.path == "/Items" else real(r), Tmdb(HOUSEHOLD)) as settings:
        result = extract("items", **settings)
    assert result.exit_code == 1
    assert "a list was expected" in result.output


GENRES: dict[str, Any] = {
    "without id": {"name": "Drama"},
    "true": {"id": True, "name": "x"},
    "a text": {"id": "28", "name": "x"},
    "30 digits": {"id": int("9" * 30), "name": "x"},
    "a fraction": {"id": 1.5, "name": "x"},
    "a number for a name": {"id": 1, "name": 5},
    "no name": {"id": 1, "name": ""},
    "null": None,
}


@pytest.mark.parametrize("genre", GENRES.values(), ids=GENRES)
def test_a_genre_that_cannot_be_used_deletes_no_other(extract: Extract, query: Query, genre: Any) -> None:
    fewer = Household(movie_genres={28: "Action"}, tv_genres={16: "Animation"})
    with serving(Emby(HOUSEHOLD), Tmdb(HOUSEHOLD)) as settings:
        assert extract("genres", **settings).exit_code == 0
    real = Tmdb(fewer)

    def odd(request: Request) -> Response:
        genres = json.loads(real(request).body)["genres"]
        return Response(body=json.dumps({"genres": [*genres, genre]}).encode())

    with serving(Emby(HOUSEHOLD), odd) as settings:
        result = extract("genres", "--max-removals", "100%", **settings)
    assert result.exit_code == 0, result.output
    assert "left out" in result.output
    assert "no genre was deleted" in result.output
    assert query("select count(*) from raw_tmdb_genres") == [(35,)]


def test_one_genre_instead_of_nineteen_deletes_none_and_says_so(extract: Extract, query: Query) -> None:
    with serving(Emby(HOUSEHOLD), Tmdb(HOUSEHOLD)) as settings:
        extract("genres", **settings)
    fewer = Tmdb(Household(movie_genres={1: "New"}))
    with serving(Emby(HOUSEHOLD), fewer) as settings:
        result = extract("genres", **settings)
    assert result.exit_code == 1
    assert "TMDB's movie list lacks 19 of 19 known genres" in result.output
    assert query("select count(*) from raw_tmdb_genres") == [(36,)]
    with serving(Emby(HOUSEHOLD), fewer) as settings:
        assert extract("genres", "--max-removals", "100%", **settings).exit_code == 0
    assert query("select count(*) from raw_tmdb_genres where media_type = 'movie'") == [(1,)]


def test_names_that_no_database_can_hold_land_as_it_can(extract: Extract, query: Query) -> None:
    genres = Response(body=rb'{"genres": [{"id": 1, "name": "a\ud800"}, {"id": 2, "name": "b\u0000"}]}')
    with serving(Emby(HOUSEHOLD), lambda _: genres) as settings:
        assert extract("genres", **settings).exit_code == 0
    assert query("select count(*) from raw_tmdb_genres") == [(4,)]


def test_a_port_where_nothing_listens_is_told_after_a_few_tries() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        port = listener.getsockname()[1]
    client = http.Client("Test", f"http://127.0.0.1:{port}", http.HeaderAuth("X", "secret"), explain=lambda *_: None)
    with pytest.raises(UnreachableError, match=f"http://127.0.0.1:{port}") as caught:
        client.get_json("/x")
    assert caught.value.service == "Test"
    assert client.request_count == CONNECTION_ATTEMPTS


def test_a_name_that_does_not_resolve_is_told_after_a_few_tries() -> None:
    client = http.Client("Test", "http://no-such-host.invalid", http.HeaderAuth("X", "secret"), explain=lambda *_: None)
    with pytest.raises(UnreachableError, match="no-such-host"):
        client.get_json("/x")
    assert client.request_count == CONNECTION_ATTEMPTS


def test_a_hostile_server_leaves_a_warehouse_that_builds(extract: Extract, query: Query, database: Path) -> None:
    """Every odd shape at once, through the real dbt, with all its tests of the data."""
    items = [*HOUSEHOLD.items, *SHAPES.values()]
    items += [{**movie("1"), "Id": f"odd {name}"} for name in FIELDS]
    body = json.dumps({"Items": items})
    for name, text in FIELDS.items():
        body = body.replace(f'"Id": "odd {name}"', f'"Genres": {text}, "RunTimeTicks": {text}, "Id": "odd {name}"')
    listing = Response(body=body.encode())
    odd_plays = [
        play("2025-08-21 20:00:00", "u|1", "1", 60),
        play("2025-08-21 20:00:00", "u", "1|1", 60),
        play("2025-02-30 20:00:00", "u1", "1", 60),
        play("2025-08-22 20:00:00", "u\0", "7\0", 60),
        play("2025-08-23 20:00:00", "u1", "1", 10**17),
        play("", "", "", -5, pause=None),
    ]
    real = Emby(Household(items=HOUSEHOLD.items, users=HOUSEHOLD.users, plays=HOUSEHOLD.plays + odd_plays))

    def odd(request: Request) -> Response:
        has_fields = request.path == "/Items" and request.query.get("StartIndex") == "0"
        return listing if has_fields else real(request)

    with serving(odd, Tmdb(HOUSEHOLD)) as settings:
        result = extract(**settings)
    assert result.exit_code == 0, result.output
    build(database, "--exclude-resource-type", "unit_test")
    assert query("select count(*) from watch_events") == [(4,)]
    assert query("select count(*) from rejected_watch_events") == [(3,)]
