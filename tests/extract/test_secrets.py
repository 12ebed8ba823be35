"""The key and the token are nowhere but in their headers."""

import json
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from urllib.parse import quote, unquote

import pytest

from extract.demo.household import Household
from extract.demo.loopback import Answer, Request, Response, serve
from extract.demo.servers import Emby, Tmdb
from tests.dbt import run_dbt
from tests.environment import environment
from tests.servers import movie, play, user

KEY, TOKEN = "k3y0fth3s3rv3r", "t0k3n0ftmdb"
HOUSEHOLD = Household(items=[movie("1")], users=[user("u1", "ann")], plays=[play("2025-08-20 20:00:00", "u1", "1", 60)])


@contextmanager
def serving(server: Answer, tmdb: Answer) -> Iterator[dict[str, str]]:
    with ExitStack() as stack:
        yield {"EMBY_BASE_URL": stack.enter_context(serve(server)), "TMDB_BASE_URL": stack.enter_context(serve(tmdb))}


def run(folder: Path, settings: dict[str, str], *arguments: str) -> str:
    """Run the extractor with secrets from files; return all it said, and what the process list showed meanwhile."""
    folder.mkdir(exist_ok=True)
    (folder / "key").write_text(f"{KEY}\n", encoding="utf-8")
    (folder / "token").write_text(f"{TOKEN}\n", encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "extract", "--verbose", *arguments],
        cwd=folder,
        env=environment(
            WAREHOUSE_PATH="data/warehouse.db",
            EMBY_API_KEY_FILE="key",
            TMDB_READ_ACCESS_TOKEN_FILE="token",
            **settings,
        ),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    seen = Path(f"/proc/{process.pid}/cmdline").read_text(encoding="utf-8")
    said, _ = process.communicate()
    return f"{seen}{said}exit {process.returncode}"


def assert_nowhere(folder: Path) -> None:
    for path in folder.rglob("*"):
        if path.is_file() and path.name not in {"key", "token"}:
            content = path.read_bytes()
            assert KEY.encode() not in content, path
            assert TOKEN.encode() not in content, path


def echo(request: Request) -> Response:
    """Repeat the request, as error pages do."""
    return Response(400, f"Bad request: {dict(request.headers)}".encode(), "text/plain")


def test_a_run_and_a_build_leave_no_secret_anywhere(tmp_path: Path) -> None:
    with serving(Emby(HOUSEHOLD, KEY), Tmdb(HOUSEHOLD, TOKEN)) as settings:
        said = run(tmp_path, settings)
    assert said.endswith("exit 0"), said
    assert "GET http://127.0.0.1" in said
    assert KEY not in said
    assert TOKEN not in said
    told = ("--exclude-resource-type", "unit_test", "--log-level-file", "debug")
    ended = run_dbt(tmp_path / "data" / "warehouse.db", "build", *told)
    assert ended.returncode == 0, ended.stdout
    assert_nowhere(tmp_path)


def secrets(request: Request) -> str:
    """Return the header that a secret came in."""
    return request.headers.get("X-Emby-Token") or request.headers.get("Authorization") or "no secret came"


def encoded(request: Request) -> str:
    return "".join(f"%{ord(character):02x}" for character in secrets(request))


def escaped(request: Request) -> str:
    return "".join(f"\\u{ord(character):04X}" for character in secrets(request))


FAILURES: dict[str, Answer] = {
    "refused": lambda _: Response(401, b"Access token is invalid or expired.", "text/plain"),
    "echoed": echo,
    "echoed as HTML": lambda request: Response(200, f"<p>{dict(request.headers)}".encode(), "text/html"),
    "redirected with an echo": lambda r: Response(302, headers={"Location": f"http://127.0.0.1:9/?{dict(r.headers)}"}),
    "in the reason phrase": lambda request: Response(400, reason=f"Bad {secrets(request)}"),
    "in the reason phrase of a fault that may pass": lambda request: Response(503, reason=f"Busy {secrets(request)}"),
    "redirected with an echo in the path": lambda r: Response(302, headers={"Location": f"/login/{secrets(r)}"}),
    "redirected, percent-encoded": lambda r: Response(302, headers={"Location": f"/{quote(secrets(r))}"}),
    "redirected, every character percent-encoded": lambda r: Response(302, headers={"Location": f"/{encoded(r)}"}),
    "redirected, percent-encoded twice": lambda r: Response(302, headers={"Location": f"/{quote(encoded(r))}"}),
    "as the type of the content": lambda request: Response(200, b"", f"text/{secrets(request)}"),
    "in JSON": lambda r: Response(200, json.dumps({"message": secrets(r), "results": secrets(r)}).encode()),
    "in JSON, every character escaped": lambda r: Response(400, f'{{"said": "{escaped(r)}"}}'.encode()),
    "not JSON": lambda request: Response(200, f"{dict(request.headers)}".encode()),
    "null": lambda _: Response(200, b"null"),
}


@pytest.mark.parametrize("failure", FAILURES.values(), ids=FAILURES)
def test_no_failure_gives_a_secret_away(tmp_path: Path, failure: Answer) -> None:
    # The doctor asks the same ways, and one step fails as soon as all of them. Some wait and ask again.
    with serving(failure, failure) as settings, ThreadPoolExecutor() as at_once:
        said = "".join(at_once.map(lambda step: run(tmp_path / step, settings, step), ("items", "genres")))
    assert said.count("exit 1") == 2, said
    # However often a server has encoded them.
    for _ in range(3):
        assert KEY not in said
        assert TOKEN not in said
        said = unquote(re.sub(r"\\+u([0-9a-fA-F]{4})", lambda match: chr(int(match[1], 16)), said))
    assert_nowhere(tmp_path)


def test_a_server_that_writes_secrets_into_its_rows_gets_none_into_the_warehouse(tmp_path: Path) -> None:
    real = Emby(HOUSEHOLD, KEY)

    def telling(request: Request) -> Response:
        response = real(request)
        if request.path == "/Items":
            return Response(body=response.body.replace(b"A film", f"A film for {secrets(request)}".encode()))
        if request.path == "/user_usage_stats/submit_custom_query":
            return Response(body=response.body.replace(b"Item 1", f"Item for {escaped(request)}".encode()))
        return response

    with serving(telling, Tmdb(HOUSEHOLD, TOKEN)) as settings:
        said = run(tmp_path, settings)
    assert said.endswith("exit 0"), said
    assert KEY not in said
    assert_nowhere(tmp_path)
    with closing(sqlite3.connect(tmp_path / "data" / "warehouse.db")) as connection:
        assert connection.execute("select item_name from raw_emby_watch_events").fetchall() == [("Item for ***",)]


@pytest.mark.parametrize("command", [[], ["doctor"], ["items"]])
@pytest.mark.parametrize(
    "address",
    [
        f"http://ann:{KEY}@127.0.0.1:9",
        f"http://{KEY}@127.0.0.1:9",
        f"http://127.0.0.1:9/?api_key={KEY}",
        f"http://127.0.0.1:9/emby#{KEY}",
        f"127.0.0.1:9/{KEY}",
        f"http://[{KEY}",
        f"http://127.0.0.1:{KEY}/",
    ],
)
@pytest.mark.parametrize("setting", ["EMBY_BASE_URL", "TMDB_BASE_URL"])
def test_an_address_that_may_hold_a_secret_is_refused_without_being_printed(
    tmp_path: Path, setting: str, address: str, command: list[str]
) -> None:
    addresses = {"EMBY_BASE_URL": "http://127.0.0.1:9", "TMDB_BASE_URL": "http://127.0.0.1:9"}
    said = run(tmp_path, addresses | {setting: address}, *command)
    if setting == "EMBY_BASE_URL" or command != ["items"]:
        assert setting in said
        assert said.endswith("exit 1" if command == ["doctor"] else "exit 2"), said
    assert KEY not in said.replace(f"{setting}={address}", "")


def test_a_redirect_to_another_host_does_not_carry_the_key(tmp_path: Path) -> None:
    met: list[Request] = []

    def elsewhere(request: Request) -> Response:
        met.append(request)
        return Response(200, b"[]")

    with serve(elsewhere) as other:
        away = Response(302, headers={"Location": f"{other}/Items"})
        with serving(lambda _: away, lambda _: away) as settings:
            said = run(tmp_path, settings)
    assert "a redirect to" in said
    assert met == []


def test_what_is_created_is_readable_by_its_owner_alone(tmp_path: Path) -> None:
    with serving(Emby(HOUSEHOLD, KEY), Tmdb(HOUSEHOLD, TOKEN)) as settings:
        run(tmp_path, settings)
    ended = subprocess.run(
        [sys.executable, "-m", "extract", "backup"],
        cwd=tmp_path,
        env=environment(WAREHOUSE_PATH="data/warehouse.db"),
        check=False,
    )
    assert ended.returncode == 0
    made = [tmp_path / "data", *(tmp_path / "data").rglob("*")]
    assert len(made) >= 4
    for path in made:
        assert path.stat().st_mode & 0o077 == 0, path
