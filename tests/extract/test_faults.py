"""What the network, the server and the machine do wrong, and how each ends."""

import json
import os
import sqlite3
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import Result

from extract.demo.household import Household
from extract.demo.loopback import Answer, Request, Response, serve
from extract.demo.servers import API_KEY, READ_ACCESS_TOKEN, Emby, Tmdb
from extract.landing.lock import only_one
from extract.landing.raw_tables import BOOKKEEPING, EXTRACT_RUNS, RAW_TABLES
from extract.sources.http import Client
from tests.environment import Rows, environment
from tests.servers import Script, json_response, movie, play, user

Extract = Callable[..., Result]
Query = Callable[[str], Rows]
Tables = dict[str, Rows]
NOT_COMPARED = BOOKKEEPING | {"read_at"}

HOUSEHOLD = Household(
    items=[movie(str(number), Genres=["Drama"]) for number in range(1, 8)],
    users=[user("u1", "ann"), user("u2", "bob")],
    plays=[play(f"2025-08-{day:02} 20:00:00", "u1", str(day % 7 + 1), 600) for day in range(10, 20)],
)
PATHS = {
    "genres": "/genre",
    "users": "/Users/Query",
    "items": "/Items",
    "events": "/user_usage_stats",
}
FAULTS = {
    **{str(status): Response(status, b"busy", "text/plain") for status in (429, 500, 502, 503, 504)},
    "reset": Response(body=b"[1,", headers={"Content-Length": "100", "Connection": "close"}),
    "truncated JSON": Response(body=b'{"Items": [{"Id"'),
}


@contextmanager
def serving(server: Answer, tmdb: Answer) -> Iterator[dict[str, str]]:
    with ExitStack() as stack:
        yield {
            "EMBY_BASE_URL": stack.enter_context(serve(server)),
            "EMBY_API_KEY": API_KEY,
            "TMDB_BASE_URL": stack.enter_context(serve(tmdb)),
            "TMDB_READ_ACCESS_TOKEN": READ_ACCESS_TOKEN,
        }


def dump(database: Path) -> Tables:
    """Return every raw table but the list of runs, without the times at which rows were loaded."""
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("pragma integrity_check").fetchall() == [("ok",)]
        return {
            table.name: connection.execute(
                f"select {', '.join(name for name in table.columns if name not in NOT_COMPARED)} from {table.name} "
                f"order by {', '.join(table.key)}"
            ).fetchall()
            for table in RAW_TABLES
            if table is not EXTRACT_RUNS
        }


@pytest.fixture(scope="module")
def unharmed(tmp_path_factory: pytest.TempPathFactory) -> Tables:
    """Return the tables as they are when nothing goes wrong."""
    database = tmp_path_factory.mktemp("unharmed") / "warehouse.db"
    with serving(Emby(HOUSEHOLD), Tmdb(HOUSEHOLD)) as settings:
        ended = subprocess.run(
            [sys.executable, "-m", "extract", "--page-size", "3"],
            env=environment(WAREHOUSE_PATH=str(database), **settings),
            capture_output=True,
            text=True,
            check=False,
        )
    assert ended.returncode == 0, ended.stderr
    return dump(database)


def stumbling(real: Answer, fault: Response, times: int, on: str = "/") -> Answer:
    """Return a server at which every single request goes wrong so many times before it succeeds."""
    met: Counter[str] = Counter()

    def answer(request: Request) -> Response:
        key = f"{request.path} {request.query} {request.body!r}"
        met[key] += 1
        return fault if met[key] <= times and request.path.startswith(on) else real(request)

    return answer


@pytest.mark.parametrize("source", ["query", "playlist"])
@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_a_fault_on_every_page_four_times_in_a_row_changes_nothing(
    extract: Extract, database: Path, unharmed: Tables, fault: Response, source: str
) -> None:
    server, tmdb = stumbling(Emby(HOUSEHOLD), fault, 4), stumbling(Tmdb(HOUSEHOLD), fault, 4)
    with serving(server, tmdb) as settings:
        result = extract("--page-size", "3", "--history-source", source, **settings)
    assert result.exit_code == 0, result.output
    tables = dump(database)
    if source == "playlist":
        assert len(tables["raw_emby_watch_events"]) == len(unharmed["raw_emby_watch_events"]) == 10
        told_otherwise = ("raw_emby_watch_events", "raw_emby_watch_days")
        tables |= {name: unharmed[name] for name in told_otherwise}
    assert tables == unharmed


def test_a_server_that_falls_silent_changes_nothing(
    extract: Extract, database: Path, unharmed: Tables, monkeypatch: pytest.MonkeyPatch
) -> None:
    defaults = Client.__init__.__kwdefaults__
    assert defaults is not None
    monkeypatch.setitem(defaults, "timeouts", (5, 0.3))
    released = threading.Event()
    real = Emby(HOUSEHOLD)
    met: Counter[str] = Counter()

    def silent_at_first(request: Request) -> Response:
        met[request.path] += 1
        if met[request.path] <= 4:
            released.wait(20)
        return real(request)

    with serving(silent_at_first, Tmdb(HOUSEHOLD)) as settings:
        result = extract("--page-size", "3", **settings)
        released.set()
    assert result.exit_code == 0, result.output
    assert dump(database) == unharmed


@pytest.mark.parametrize("step", PATHS)
@pytest.mark.parametrize(
    "fault",
    [FAULTS["500"], FAULTS["429"], FAULTS["reset"], FAULTS["truncated JSON"]],
    ids=["500", "429", "reset", "cut"],
)
def test_a_fault_for_ever_fails_its_step_alone(
    extract: Extract, database: Path, query: Query, unharmed: Tables, step: str, fault: Response
) -> None:
    server, tmdb = Emby(HOUSEHOLD), Tmdb(HOUSEHOLD)
    with serving(server, tmdb) as settings:
        extract("--page-size", "3", **settings)
    with serving(stumbling(server, fault, 10**6, PATHS[step]), stumbling(tmdb, fault, 10**6, PATHS[step])) as settings:
        result = extract("--full-refresh", **settings)
    assert result.exit_code == 1
    assert f"{step} failed: " in result.stderr
    assert PATHS[step] in result.stderr
    assert dump(database) == unharmed
    statuses: dict[str, str] = dict(
        query("select step, status from raw_extract_runs where run_id = (select max(run_id) from raw_extract_runs)")
    )
    assert statuses == dict.fromkeys(["clock", *PATHS], "ok") | {step: "failed"}


@pytest.mark.parametrize("step", PATHS)
@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (Response(body=b"<html>Sign in</html>", content_type="text/html; charset=utf-8"), "text/html; charset=utf-8"),
        (json_response(None), "null came|something else came"),
        (json_response([{"Id": "1"}]), "came|no object"),
        (json_response({}), "came"),
    ],
    ids=["HTML", "null", "a list", "an object"],
)
def test_an_answer_of_the_wrong_kind_is_told(extract: Extract, step: str, answer: Response, said: str) -> None:
    def wrong(real: Answer) -> Answer:
        return lambda request: answer if request.path.startswith(PATHS[step]) else real(request)

    if step == "events" and answer.body.startswith(b"["):
        answer = json_response({"Items": []})  # a list is what the playlist answers
    with serving(wrong(Emby(HOUSEHOLD)), wrong(Tmdb(HOUSEHOLD))) as settings:
        result = extract(**settings)
    assert result.exit_code == 1
    message = next(line for line in result.stderr.splitlines() if line.startswith(f"{step} failed"))
    assert any(word in message for word in said.split("|")), message
    assert any(word in message for word in ("Does", "check")), message


def test_rows_with_holes_land_raw_or_are_counted(extract: Extract, query: Query) -> None:
    today = datetime.now(UTC).date().isoformat()
    events = [
        {"user_id": "u1", "item_id": 1, "date": None, "time": None, "duration": "5"},
        {"user_id": "u1", "item_id": 2, "date": today, "time": "10:00:00", "duration": "abc"},
        {"user_id": "u1", "item_id": 3, "date": today, "time": "10:00:00", "duration": "-2147483648"},
        {"user_id": "u1", "item_id": 4, "date": today, "time": "10:00:00", "duration": -2147483648},
    ]
    server: Answer = Script(Emby(HOUSEHOLD), json_response(events), on="/user_usage_stats/UserPlaylist")
    nameless = json_response({"Items": [{"Name": "No id"}, *HOUSEHOLD.items], "TotalRecordCount": 8})
    server = Script(server, nameless, on="/Items")
    with serving(server, Tmdb(HOUSEHOLD)) as settings:
        result = extract("--history-source", "playlist", **settings)
    assert result.exit_code == 0, result.output
    assert query(
        "select item_id, played_at_local, play_duration_seconds from raw_emby_watch_events "
        "where item_name is null order by item_id"
    ) == [
        ("1", "", "5"),
        ("2", f"{today} 10:00:00", "abc"),
        ("3", f"{today} 10:00:00", "-2147483648"),
        ("4", f"{today} 10:00:00", "-2147483648"),
    ]
    assert query("select rows_read, rows_rejected from raw_extract_runs where step = 'items'") == [(7, 1)]
    assert "items: left out: /Items lists something without an Id" in result.stderr


def test_a_full_disk_is_told_and_harms_nothing(tmp_path: Path) -> None:
    """In a mount namespace of its own, so that the small disk is gone with the test."""
    disk = tmp_path / "disk"
    disk.mkdir()
    plays = [
        play(f"2025-08-{d:02} {h:02}:{m:02}:00", "u1", "1", 60)
        for d in range(1, 30)
        for h in range(24)
        for m in range(60)
    ]
    with (
        serving(Emby(Household(items=HOUSEHOLD.items, users=HOUSEHOLD.users)), Tmdb(HOUSEHOLD)) as little,
        serving(Emby(Household(items=HOUSEHOLD.items, users=HOUSEHOLD.users, plays=plays)), Tmdb(HOUSEHOLD)) as much,
    ):
        script = f"""
                set -e
                mount -t tmpfs -o size=2m tmpfs {disk}
                export WAREHOUSE_PATH={disk}/warehouse.db SQLITE_TMPDIR={tmp_path}
                export EMBY_BASE_URL={little["EMBY_BASE_URL"]}
                {sys.executable} -m extract --quiet
                export EMBY_BASE_URL={much["EMBY_BASE_URL"]}
                {sys.executable} -m extract --full-refresh && echo "exit 0" || echo "exit $?"
                {sys.executable} - <<'PY'
import sqlite3
connection = sqlite3.connect("{disk}/warehouse.db")
print(connection.execute("pragma integrity_check").fetchone()[0])
print("items", connection.execute("select count(*) from raw_emby_items").fetchone()[0])
print("events", connection.execute("select count(*) from raw_emby_watch_events").fetchone()[0])
PY
            """
        ended = subprocess.run(
            ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script],
            env=environment(**little),
            capture_output=True,
            text=True,
            check=False,
        )
    assert ended.returncode == 0, ended.stderr
    assert "disk is full" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert ended.stdout.splitlines()[-4:] == ["exit 1", "ok", "items 7", "events 0"]


def test_a_second_extractor_says_who_holds_the_lock_and_since_when(extract: Extract, database: Path) -> None:
    server = Script(Emby(HOUSEHOLD))
    with serving(server, Tmdb(HOUSEHOLD)) as settings, only_one(database):
        since = json.loads(Path(f"{database}.lock.json").read_text(encoding="utf-8"))["since"]
        result = extract(**settings)
    assert result.exit_code == 1
    assert f"process {os.getpid()}, since {since} UTC" in result.stderr
    assert server.requests == []
    assert extract("clock").exit_code == 0


@pytest.mark.parametrize("path", ["/proc/nosuch/warehouse.db", "/dev/null/warehouse.db"])
def test_a_folder_that_cannot_be_written_is_told_before_any_download(extract: Extract, path: str) -> None:
    server = Script(Emby(HOUSEHOLD))
    with serving(server, Tmdb(HOUSEHOLD)) as settings:
        result = extract("--database", path, **settings)
    assert result.exit_code == 1
    assert "Check WAREHOUSE_PATH" in result.stderr
    assert server.requests == []
