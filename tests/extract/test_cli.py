import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import Result

from extract.demo.household import Household
from extract.demo.loopback import Answer, Response, serve
from extract.demo.servers import API_KEY, READ_ACCESS_TOKEN, Emby, Tmdb
from extract.run.steps import STEPS
from extract.sources import emby_library
from extract.sources.http import Client
from tests.environment import Rows, environment
from tests.servers import Script, json_response, movie, play, user

Extract = Callable[..., Result]
Query = Callable[[str], Rows]

HOUSEHOLD = Household(
    items=[movie("1", "Detour", Genres=["Crime"], TagItems=[{"Name": "Film Noir", "Id": 3}]), movie("2", "Charade")],
    users=[user("u1", "ann")],
    plays=[play("2025-08-20 20:00:00", "u1", "1", 3600)],
)


@contextmanager
def serving(server: Answer | None = None, tmdb: Answer | None = None) -> Iterator[dict[str, str]]:
    with ExitStack() as stack:
        yield {
            "EMBY_BASE_URL": stack.enter_context(serve(server or Emby(HOUSEHOLD))),
            "EMBY_API_KEY": API_KEY,
            "TMDB_BASE_URL": stack.enter_context(serve(tmdb or Tmdb(HOUSEHOLD))),
            "TMDB_READ_ACCESS_TOKEN": READ_ACCESS_TOKEN,
        }


def test_one_command_does_the_whole_job(extract: Extract, query: Query) -> None:
    with serving() as settings:
        result = extract(**settings)
    assert result.exit_code == 0, result.output
    assert query("select item_id from raw_emby_items") == [("1",), ("2",)]
    assert query("select user_name from raw_emby_users") == [("ann",)]
    assert query("select played_at_local, play_duration_seconds from raw_emby_watch_events") == [
        ("2025-08-20 20:00:00.0000000", "3600")
    ]
    assert query("select count(*) from raw_tmdb_genres") == [(35,)]
    assert query("select name from raw_name_hashes") == [("crime",), ("film noir",)]
    assert query("select spelling, name from raw_name_spellings") == [("Crime", "crime"), ("Film Noir", "film noir")]
    assert query("select valid_from_local, zone from raw_server_clock") == [
        ("0001-01-01 00:00:00", "UTC-07:00"),
        ("2025-08-15 11:10:00", "Australia/Melbourne"),
    ]
    assert query("select step, status from raw_extract_runs order by rowid") == [(step.name, "ok") for step in STEPS]


def test_the_summary_counts_rows(extract: Extract) -> None:
    with serving() as settings:
        first, second = extract(**settings), extract(**settings)
    assert first.stdout.splitlines()[0].split() == [
        "step", "status", "read", "inserted", "updated", "removed", "left", "out", "requests", "seconds",
    ]  # fmt: skip
    lines = {line.split()[0]: line.split()[1:6] for line in first.stdout.splitlines()}
    assert lines["items"] == ["ok", "2", "2", "0", "0"]
    assert lines["events"] == ["ok", "1", "1", "0", "0"]
    lines = {line.split()[0]: line.split()[1:6] for line in second.stdout.splitlines()}
    assert lines["items"] == ["ok", "0", "0", "0", "0"]
    assert "items: 0 rows read in" in second.stderr


@pytest.mark.parametrize("step", [step.name for step in STEPS])
def test_each_step_is_a_command(extract: Extract, query: Query, step: str) -> None:
    with serving() as settings:
        result = extract(step, **settings)
    assert result.exit_code == 0, result.output
    assert query("select step, status from raw_extract_runs") == [(step, "ok")]


def test_the_options_reach_the_requests(extract: Extract, tmp_path: Path) -> None:
    server = Script(Emby(HOUSEHOLD))
    other = tmp_path / "folder" / "other.db"
    with serving(server) as settings:
        options = ("--page-size", "1", "--days", "3", "--database", str(other), "--history-source", "playlist")
        assert extract(*options, **settings).exit_code == 0
    limits = {request.query["Limit"] for request in server.requests if request.path in {"/Items", "/Users/Query"}}
    windows = [int(r.query["days"]) for r in server.requests if r.path.endswith("UserPlaylist")]
    assert limits == {"1"}
    assert 3 <= sum(windows) <= 5
    assert other.exists()


def test_an_option_may_stand_before_or_behind_the_command(extract: Extract) -> None:
    server = Script(Emby(HOUSEHOLD))
    with serving(server) as settings:
        extract("--page-size", "7", "users", **settings)
        extract("--page-size", "7", "users", "--page-size", "9", **settings)
    limits = [request.query["Limit"] for request in server.requests]
    assert limits == ["7", "7", "9", "9"]


def test_quiet_says_nothing_when_all_is_well(extract: Extract) -> None:
    with serving() as settings:
        result = extract("--quiet", **settings)
    assert result.exit_code == 0
    assert result.output == ""


def test_without_a_token_the_genres_are_skipped_and_the_cost_is_said(extract: Extract, query: Query) -> None:
    with serving() as settings:
        del settings["TMDB_READ_ACCESS_TOKEN"]
        result = extract(**settings)
    assert result.exit_code == 0
    assert "genres: skipped: TMDB_READ_ACCESS_TOKEN is not set: genres get ids made from their names" in result.stderr
    assert query("select status from raw_extract_runs where step = 'genres'") == [("skipped",)]


def test_a_step_that_fails_does_not_stop_the_others(extract: Extract, query: Query) -> None:
    broken = Response(body=b"<html>", content_type="text/html")
    with serving(tmdb=Script(Tmdb(HOUSEHOLD), broken), server=Script(Emby(HOUSEHOLD), broken, on="/Items")) as settings:
        result = extract(**settings)
    assert result.exit_code == 1
    assert "genres failed: TMDB: GET /genre/movie/list: status 200, but text/html" in result.stderr
    assert "items failed: Emby: GET /Items: status 200, but text/html" in result.stderr
    assert query("select count(*) from raw_emby_watch_events") == [(1,)]
    assert query("select step from raw_extract_runs where status = 'failed' and error like '%text/html%'") == [
        ("genres",),
        ("items",),
    ]


def test_a_failed_listing_removes_nothing(extract: Extract, query: Query) -> None:
    with serving() as settings:
        extract(**settings)
    failing = Script(Emby(HOUSEHOLD), *[Response(500)] * 9, on="/Items")
    with serving(failing) as settings:
        assert extract(**settings).exit_code == 1
    with serving(Emby(Household(users=HOUSEHOLD.users))) as settings:
        result = extract(**settings)
    assert result.exit_code == 1
    assert "the listing is empty" in result.stderr
    assert query("select count(*) from raw_emby_items where removed_at is null") == [(2,)]


def test_a_server_without_the_plugin_fails_the_events_alone(extract: Extract) -> None:
    with serving(Script(Emby(HOUSEHOLD), *[Response(404)] * 3, on="/user_usage_stats")) as settings:
        result = extract(**settings)
    assert result.exit_code == 1
    assert "no Playback Reporting plugin" in result.stderr


def test_missing_settings_end_with_two_before_anything_is_asked_or_made(extract: Extract, database: Path) -> None:
    result = extract()
    assert result.exit_code == 2
    assert "EMBY_BASE_URL is not set" in result.stderr
    assert "Traceback" not in result.output
    assert not database.exists()


def test_a_step_asks_for_its_own_settings_alone(extract: Extract) -> None:
    assert extract("clock").exit_code == 0
    assert extract("items").exit_code == 2
    assert extract("clock", EMBY_SERVER_CLOCK="nowhere").exit_code == 2


@pytest.mark.parametrize(
    "arguments", [["nosuch"], ["--days", "0"], ["--days", "x"], ["--page-size", "0"], ["--nosuch"]]
)
def test_wrong_usage_ends_with_two(extract: Extract, arguments: list[str]) -> None:
    assert extract(*arguments).exit_code == 2


def test_a_database_that_is_none_is_told_before_any_download(extract: Extract, database: Path) -> None:
    database.write_text("no database" * 100)
    server = Script(Emby(HOUSEHOLD))
    with serving(server) as settings:
        result = extract(**settings)
    assert result.exit_code == 1
    assert "not a database" in result.stderr
    assert server.requests == []


def test_help_names_every_step_and_option(extract: Extract) -> None:
    output = extract("--help").stdout
    for word in ("--days", "--page-size", "--database", "--quiet", ".env", *(step.name for step in STEPS)):
        assert word in output


def test_it_runs_as_a_module(database: Path) -> None:
    with serving() as settings:
        ended = subprocess.run(
            [sys.executable, "-m", "extract"],
            env=environment(WAREHOUSE_PATH=str(database), **settings),
            capture_output=True,
            text=True,
            check=False,
        )
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.startswith("step")
    assert API_KEY not in ended.stdout + ended.stderr


def test_a_fault_of_ours_fails_its_step_alone(extract: Extract, query: Query, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(emby_library, "iter_users", lambda *_: 1 / 0)
    with serving() as settings:
        result = extract(**settings)
    assert result.exit_code == 1
    assert "users failed: unexpected ZeroDivisionError" in result.stderr
    assert query("select count(*) from raw_emby_watch_events") == [(1,)]


def test_a_user_that_cannot_be_read_removes_no_other(extract: Extract, query: Query) -> None:
    household = replace(HOUSEHOLD, users=[user("u1", "ann"), user("u2", "bob")])
    with serving(Emby(household)) as settings:
        extract("users", **settings)
    broken = json_response({"Items": [user("u1", "ann"), {"Name": "bob"}]})
    with serving(Script(Emby(household), broken, json_response({"Items": []}), on="/Users")) as settings:
        result = extract("users", **settings)
    assert result.exit_code == 0
    assert "left out" in result.stderr
    assert query("select count(*) from raw_emby_users where removed_at is null") == [(2,)]


@pytest.mark.parametrize("falls_silent", [False, True], ids=["nobody listens", "nobody answers the connection"])
def test_an_address_that_answers_nothing_fails_once_for_all_steps(
    extract: Extract, query: Query, monkeypatch: pytest.MonkeyPatch, *, falls_silent: bool
) -> None:
    defaults = Client.__init__.__kwdefaults__
    assert defaults is not None
    monkeypatch.setitem(defaults, "timeouts", (0.2, 5))
    with closing(socket.socket()) as listening:
        listening.bind(("127.0.0.1", 0))
        port = listening.getsockname()[1]
        waiting = []
        if falls_silent:
            listening.listen(0)
            # Fill the queue: the kernel lets no other connection come about.
            for _ in range(3):
                waiting.append(socket.socket())
                waiting[-1].setblocking(False)
                waiting[-1].connect_ex(("127.0.0.1", port))
        result = extract(EMBY_BASE_URL=f"http://127.0.0.1:{port}", EMBY_API_KEY=API_KEY)
        for each in waiting:
            each.close()
    assert result.exit_code == 1
    sentence = "Is http://127.0.0.1" if not falls_silent else "no answer in time"
    assert sentence in result.stderr.splitlines()[-1]
    assert result.stderr.splitlines()[-1].startswith("users failed: ")
    # Once when it is tried again, and once as the cause at the end.
    assert result.stderr.count(sentence) == 2
    assert "items: not tried: Emby cannot be reached, see users." in result.stderr
    assert "events: not tried: Emby cannot be reached, see users." in result.stderr
    assert query("select step, status, request_count from raw_extract_runs order by rowid") == [
        ("clock", "ok", 3),
        ("genres", "skipped", 0),
        ("users", "failed", 0),
        ("items", "failed", 0),
        ("events", "failed", 0),
    ]
