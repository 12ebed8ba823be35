"""The key and the token are nowhere but in their headers."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from extract.demo.household import Household
from extract.demo.servers import Answer, Emby, Request, Response, Tmdb, serve
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
    ended = run_dbt(tmp_path / "data" / "warehouse.db", "build", "--exclude-resource-type", "unit_test")
    assert ended.returncode == 0, ended.stdout
    assert_nowhere(tmp_path)


FAILURES: dict[str, Answer] = {
    "refused": lambda _: Response(401, b"Access token is invalid or expired.", "text/plain"),
    "echoed": echo,
    "echoed as HTML": lambda request: Response(200, f"<p>{dict(request.headers)}".encode(), "text/html"),
    "redirected with an echo": lambda r: Response(302, headers={"Location": f"http://127.0.0.1:9/?{dict(r.headers)}"}),
    "not JSON": lambda request: Response(200, f"{dict(request.headers)}".encode()),
    "null": lambda _: Response(200, b"null"),
}


@pytest.mark.parametrize("failure", FAILURES.values(), ids=FAILURES)
def test_no_failure_gives_a_secret_away(tmp_path: Path, failure: Answer) -> None:
    with serving(failure, failure) as settings:
        # The doctor asks the same ways, and one step fails as soon as all of them.
        said = run(tmp_path, settings, "items") + run(tmp_path, settings, "genres")
    assert said.count("exit 1") == 2, said
    assert KEY not in said
    assert TOKEN not in said
    assert_nowhere(tmp_path)


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
