"""The doctor looks at everything in order, and is content only if all is well."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from sqlite3 import connect

import click
import pytest
from click.testing import Result

from extract.demo.household import Household
from extract.demo.loopback import Answer, Request, Response, serve
from extract.demo.servers import API_KEY, READ_ACCESS_TOKEN, Emby, Tmdb
from extract.landing import integrity
from extract.landing.warehouse import Warehouse
from tests.environment import PROJECT, environment
from tests.servers import Script, movie, play, user

Extract = Callable[..., Result]
NOW = datetime.now(UTC)
LOCAL_CHECKS = ("settings", "database", "disk", "dbt", "TMDB")
SERVER_CHECKS = ("address", "key", "plugin", "history", "archive", "server clock")


def days_ago(days: float) -> str:
    return (NOW - timedelta(days=days)).strftime("%Y-%m-%d %H:%M:%S")


HOUSEHOLD = Household(
    zone=UTC,
    items=[movie("1")],
    users=[user("u1", "ann")],
    plays=[play(days_ago(d), "u1", "1", 60) for d in (80, 40, 0.5)],
)


@contextmanager
def settings(answer: Answer | Household = HOUSEHOLD) -> Iterator[dict[str, str]]:
    with serve(Emby(answer) if isinstance(answer, Household) else answer) as url:
        yield {"EMBY_BASE_URL": url, "EMBY_API_KEY": API_KEY, "EMBY_SERVER_CLOCK": "UTC", "REPORT_TIMEZONE": "UTC"}


def verdicts(result: Result) -> dict[str, str]:
    return {line[9:].partition(":")[0]: line.split()[0] for line in result.stdout.splitlines()}


def line_of(result: Result, check: str) -> str:
    return next(line for line in result.stdout.splitlines() if line[9:].startswith(f"{check}:"))


def pretend_built(database: Path) -> None:
    connection = connect(database)
    for mart in ("library_items", "watch_sessions", "user_item_stats"):
        connection.execute(f"create table {mart} (x)")
    connection.close()


def test_all_is_well(extract: Extract, database: Path) -> None:
    with settings() as env:
        extract(**env)
        pretend_built(database)
        result = extract("doctor", **env)
    assert result.exit_code == 0, result.output
    assert verdicts(result) == dict.fromkeys([*LOCAL_CHECKS, *SERVER_CHECKS], "ok")
    assert "takes queries" not in result.stdout
    assert f"reaches from {days_ago(80)[:10]} to {days_ago(0.5)[:10]}" in line_of(result, "history")


@pytest.mark.parametrize("household", [HOUSEHOLD, replace(HOUSEHOLD, plays=[])], ids=["played", "nothing played yet"])
def test_before_the_first_run_all_is_well(extract: Extract, database: Path, household: Household) -> None:
    with settings(household) as env:
        result = extract("doctor", **env)
    assert result.exit_code == 0, result.output
    assert "does not exist yet: make run makes it" in line_of(result, "database")
    assert "nothing is built yet: make run builds it" in line_of(result, "dbt")
    assert not database.exists()


def test_a_database_that_dbt_made_before_anything_was_loaded_is_well(extract: Extract, database: Path) -> None:
    with closing(connect(database)) as connection:
        connection.execute("pragma journal_mode = wal")
    assert database.stat().st_size
    with settings() as env:
        result = extract("doctor", **env)
    assert result.exit_code == 0, result.output
    assert "has no tables yet: make run fills it" in line_of(result, "database")


def test_without_settings_the_machine_is_looked_at_all_the_same(extract: Extract) -> None:
    result = extract("doctor")
    assert result.exit_code == 1
    assert verdicts(result)["settings"] == "fault"
    assert verdicts(result)["disk"] == "ok"
    assert "address" not in verdicts(result)


@pytest.mark.parametrize(
    ("answer", "check", "said"),
    [
        (lambda _: Response(body=b"<html>", content_type="text/html"), "address", "no Emby server"),
        (lambda _: Response(401), "address", "asks for no key there: check EMBY_BASE_URL"),
        (Emby(HOUSEHOLD, api_key="another"), "key", "EMBY_API_KEY is wrong"),
    ],
    ids=["no Emby", "asks for a key", "wrong key"],
)
def test_a_fault_of_the_server_is_named(extract: Extract, answer: Answer, check: str, said: str) -> None:
    with settings(answer) as env:
        result = extract("doctor", **env)
    assert result.exit_code == 1
    assert verdicts(result)[check] == "fault"
    assert said in line_of(result, check)


def test_a_missing_plugin_is_named(extract: Extract) -> None:
    real = Emby(HOUSEHOLD)

    def without(request: Request) -> Response:
        return Response(404) if request.path.startswith("/user_usage_stats") else real(request)

    with settings(without) as env:
        result = extract("doctor", **env)
    assert verdicts(result)["plugin"] == "fault"
    assert "install it" in line_of(result, "plugin")


def test_a_plugin_that_takes_no_queries_is_good_enough(extract: Extract, database: Path) -> None:
    real = Emby(HOUSEHOLD)

    def no_queries(request: Request) -> Response:
        return Response(404) if request.method == "POST" else real(request)

    with settings(no_queries) as env:
        extract(**env)
        pretend_built(database)
        result = extract("doctor", **env)
    assert result.exit_code == 0, result.output
    assert "takes no queries" in line_of(result, "plugin")
    assert f"reaches from {days_ago(80)[:10]}" in line_of(result, "history")


def test_a_gap_that_cannot_be_closed_is_a_fault(extract: Extract) -> None:
    with settings(replace(HOUSEHOLD, plays=[play(days_ago(200), "u1", "1", 60)])) as env:
        extract(**env)
    with settings() as env:
        result = extract("doctor", **env)
    assert verdicts(result)["archive"] == "fault"
    assert "make import FILE=..." in line_of(result, "archive")


def test_an_event_of_the_future_hides_no_gap(extract: Extract) -> None:
    plays = [play(days_ago(200), "u1", "1", 60), play("2098-01-01 00:00:00", "u1", "1", 60)]
    with settings(replace(HOUSEHOLD, plays=plays)) as env:
        extract(**env)
    with settings() as env:
        result = extract("doctor", **env)
    assert verdicts(result)["archive"] == "fault"


def test_an_event_without_a_time_is_told_and_stops_nothing(extract: Extract) -> None:
    with settings() as env:
        extract(**env)
    with settings(replace(HOUSEHOLD, plays=[play("0000-00-00 00:00:00", "u1", "1", 60)])) as env:
        result = extract("doctor", **env)
    assert verdicts(result)["archive"] == "warning"
    assert "one of them is no date" in line_of(result, "archive")


def test_a_run_that_is_overdue_is_a_warning_while_there_is_time(extract: Extract, database: Path) -> None:
    with settings() as env:
        extract(**env)
        connection = connect(database)
        with connection:
            connection.execute("update raw_extract_runs set started_at = datetime('now', '-10 days')")
        connection.close()
        result = extract("doctor", **env)
    assert result.exit_code == 1
    assert verdicts(result)["archive"] == "warning"
    assert "was last read 10 days ago" in line_of(result, "archive")
    days_left = date.fromisoformat(days_ago(0.5)[:10]) - date.fromisoformat(days_ago(80)[:10])
    assert f"in about {days_left.days} days" in line_of(result, "archive")


def test_a_run_by_a_clock_that_was_ahead_does_not_hide_that_later_ones_are_overdue(
    extract: Extract, database: Path
) -> None:
    with settings() as env:
        extract(**env)
        connection = connect(database)
        with connection:
            connection.execute("update raw_extract_runs set started_at = datetime('now', '-10 days')")
            connection.execute(
                "insert into raw_extract_runs (run_id, step, status, started_at) "
                "values ('ahead', 'events', 'ok', datetime('now', '+300 days'))"
            )
        connection.close()
        result = extract("doctor", **env)
    assert "was last read 10 days ago" in line_of(result, "archive")


def test_a_clock_that_shows_another_time_than_the_setting_says_is_a_fault(extract: Extract) -> None:
    with settings(replace(HOUSEHOLD, zone=timezone(timedelta(hours=-7)))) as env:
        result = extract("doctor", **env)
    assert verdicts(result)["server clock"] == "fault"
    assert "EMBY_SERVER_CLOCK=UTC-07:00 into .env or, better, the name" in line_of(result, "server clock")


def test_a_clock_of_a_fixed_offset_is_said_to_know_no_daylight_saving(extract: Extract) -> None:
    with settings(replace(HOUSEHOLD, zone=timezone(timedelta(hours=-7)))) as env:
        result = extract("doctor", **env | {"EMBY_SERVER_CLOCK": "UTC-07:00"})
    assert verdicts(result)["server clock"] == "ok"
    assert "with a fixed offset, half of the history is an hour off" in line_of(result, "server clock")


def a_folder(database: Path) -> None:
    database.mkdir()


def garbage(database: Path) -> None:
    database.write_text("a letter to my aunt" * 100, encoding="utf-8")


def cut_short(database: Path) -> None:
    with Warehouse(database):
        pass
    os.truncate(database, database.stat().st_size // 2)


def of_a_newer_schema_version(database: Path) -> None:
    with closing(connect(database)) as connection:
        connection.execute("create table raw_emby_watch_events (x)")
        connection.execute("pragma user_version = 99")


def of_another_program(database: Path) -> None:
    with closing(connect(database)) as connection:
        connection.execute("create table bookmarks (x)")


def lacking_a_table(database: Path) -> None:
    with Warehouse(database):
        pass
    with closing(connect(database)) as connection:
        connection.execute("drop table raw_extract_runs")


def a_link_to_nowhere(database: Path) -> None:
    database.symlink_to(database.with_name("gone.db"))


def a_pipe(database: Path) -> None:
    os.mkfifo(database)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (a_folder, "is a folder"),
        (garbage, "is not a database"),
        (cut_short, ""),
        (of_a_newer_schema_version, "has schema version 99"),
        (of_another_program, "not one of emby-elt"),
        (lacking_a_table, "no such table: raw_extract_runs"),
        (a_link_to_nowhere, "gone.db, which does not exist"),
        (a_pipe, "no regular file"),
    ],
)
def test_a_database_that_cannot_be_used_is_a_fault_and_stops_nothing(
    extract: Extract, database: Path, make: Callable[[Path], None], said: str
) -> None:
    make(database)
    with settings() as env:
        result = extract("doctor", **env)
    assert (result.exit_code, result.exception.__class__) == (1, SystemExit)
    assert verdicts(result)["database"] == "fault"
    assert said in line_of(result, "database")
    assert verdicts(result)["server clock"] == "ok"


def test_an_empty_file_is_a_warning(extract: Extract, database: Path) -> None:
    database.touch()
    with settings() as env:
        result = extract("doctor", **env)
    assert verdicts(result)["database"] == "warning"
    assert "make restore FILE=..." in line_of(result, "database")


@pytest.mark.parametrize("path", ["/dev/null/warehouse.db", "/dev/null/folder/warehouse.db"])
def test_a_place_where_no_database_can_be_made_is_a_fault(extract: Extract, path: str) -> None:
    result = extract("doctor", "--database", path)
    assert (result.exit_code, result.exception.__class__) == (1, SystemExit)
    assert verdicts(result)["database"] == "fault"


def test_a_database_on_a_read_only_disk_is_a_fault(tmp_path: Path) -> None:
    script = f"""
        set -e
        mount -t tmpfs none {tmp_path}
        export WAREHOUSE_PATH={tmp_path}/warehouse.db
        {sys.executable} -m extract --quiet clock
        mount -o remount,ro {tmp_path}
        {sys.executable} -m extract doctor
    """
    ended = subprocess.run(
        ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script],
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 1, ended.stderr
    assert "fault    database: you may not write to" in ended.stdout
    assert "Traceback" not in ended.stderr


def test_a_locked_database_is_told_with_what_to_look_for(extract: Extract, database: Path) -> None:
    with Warehouse(database):
        pass
    with closing(connect(database)) as holder:
        holder.execute("pragma locking_mode = exclusive")
        holder.execute("begin exclusive")
        result = extract("doctor")
        holder.execute("rollback")
    assert verdicts(result)["database"] == "fault"
    assert "is locked by another program, for longer than 2 s" in line_of(result, "database")
    assert f"lsof {database} names it" in line_of(result, "database")


def test_the_file_is_checked_once(extract: Extract, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[Path] = []
    check = integrity.check

    def counted(path: Path) -> integrity.Contents:
        looked.append(path)
        return check(path)

    monkeypatch.setattr(integrity, "check", counted)
    with settings() as env:
        extract(**env)
        assert verdicts(extract("doctor", **env))["archive"] == "ok"
    assert len(looked) == 1


def test_without_anything_built_all_is_well(extract: Extract) -> None:
    with settings() as env:
        extract(**env)
        result = extract("doctor", **env)
    assert result.exit_code == 0
    assert "nothing is built yet: make run builds it" in line_of(result, "dbt")


def test_marts_of_which_some_are_not_built_are_a_warning(extract: Extract, database: Path) -> None:
    with settings() as env:
        extract(**env)
        pretend_built(database)
        with closing(connect(database)) as connection:
            connection.execute("drop table watch_sessions")
        result = extract("doctor", **env)
    assert verdicts(result)["dbt"] == "warning"
    assert "watch_sessions are not built: run make build" in line_of(result, "dbt")


def test_a_missing_dbt_is_a_fault(tmp_path: Path) -> None:
    packages = tmp_path / "packages"
    packages.mkdir()
    for package in Path(click.__file__).parents[1].iterdir():
        if not package.name.startswith("dbt"):
            (packages / package.name).symlink_to(package)
    ended = subprocess.run(
        [sys.executable, "-S", "-m", "extract", "doctor"],
        env=environment(PYTHONPATH=f"{PROJECT}:{packages}"),
        capture_output=True,
        text=True,
        check=False,
    )
    assert "fault    dbt: dbt-core is not installed: run make install." in ended.stdout
    assert "Traceback" not in ended.stderr


def test_a_time_of_the_last_run_that_is_none_stops_nothing(extract: Extract, database: Path) -> None:
    with settings() as env:
        extract(**env)
        with closing(connect(database)) as connection, connection:
            connection.execute("update raw_extract_runs set started_at = 'soon'")
        result = extract("doctor", **env)
    assert verdicts(result)["archive"] == "warning"
    assert "never read from the server without a fault" in line_of(result, "archive")


def test_the_token_of_tmdb_is_tried(extract: Extract) -> None:
    tmdb = Script(Tmdb(HOUSEHOLD))
    with settings() as env, serve(tmdb) as url:
        good = extract("doctor", **env, TMDB_BASE_URL=url, TMDB_READ_ACCESS_TOKEN=READ_ACCESS_TOKEN)
        wrong = extract("doctor", **env, TMDB_BASE_URL=url, TMDB_READ_ACCESS_TOKEN="another-token")
        absent = extract("doctor", **env, TMDB_BASE_URL=url)
    assert [request.path for request in tmdb.requests] == ["/genre/movie/list"] * 2
    assert [verdicts(result)["TMDB"] for result in (good, wrong, absent)] == ["ok", "fault", "ok"]
    assert [result.exit_code for result in (good, wrong, absent)] == [0, 1, 0]
    assert "TMDB_READ_ACCESS_TOKEN is wrong" in line_of(wrong, "TMDB")


def test_where_a_redirect_leads_is_named(extract: Extract) -> None:
    def moved(_: Request) -> Response:
        return Response(302, headers={"Location": "https://media.example.org/emby/"})

    with settings(moved) as env:
        result = extract("doctor", **env)
    assert verdicts(result)["address"] == "fault"
    assert "a redirect to https://media.example.org/emby/" in line_of(result, "address")


@pytest.mark.parametrize("command", [["doctor"], []], ids=["doctor", "a run"])
def test_an_env_file_that_cannot_be_read_is_told(extract: Extract, tmp_path: Path, command: list[str]) -> None:
    (tmp_path / ".env").write_bytes(b"EMBY_BASE_URL=\xff\n")
    broken = extract(*command)
    (tmp_path / ".env").unlink()
    (tmp_path / ".env").mkdir()
    folder = extract(*command)
    assert [(r.exit_code, r.exception.__class__) for r in (broken, folder)] == [(2, SystemExit)] * 2
    assert ".env cannot be read" in broken.stderr
    assert ".env is a folder" in folder.stderr
