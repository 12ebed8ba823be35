"""The doctor looks at everything in order, and is content only if all is well."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from sqlite3 import connect

import pytest
from click.testing import Result

from extract.demo.household import Household
from extract.demo.servers import API_KEY, Answer, Emby, Request, Response, serve
from extract.doctor import LOCAL_CHECKS, SERVER_CHECKS
from tests.servers import movie, play, user

Extract = Callable[..., Result]
NOW = datetime.now(UTC)


def days_ago(days: float) -> str:
    return (NOW - timedelta(days=days)).strftime("%Y-%m-%d %H:%M:%S")


HOUSEHOLD = Household(
    items=[movie("1")], users=[user("u1", "ann")], plays=[play(days_ago(d), "u1", "1", 60) for d in (80, 40, 0.5)]
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
    assert verdicts(result) == dict.fromkeys([*SERVER_CHECKS, *LOCAL_CHECKS], "ok")
    assert "takes queries" not in result.stdout
    assert f"reaches from {days_ago(80)} to {days_ago(0.5)}" in line_of(result, "history")


def test_before_the_first_run_it_says_what_to_do(extract: Extract, database: Path) -> None:
    with settings() as env:
        result = extract("doctor", **env)
    assert result.exit_code == 1
    assert "run python -m extract" in line_of(result, "database")
    assert not database.exists()


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
        (Emby(HOUSEHOLD, api_key="another"), "key", "EMBY_API_KEY is wrong"),
    ],
    ids=["no Emby", "wrong key"],
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
    assert f"reaches from {days_ago(80)}" in line_of(result, "history")


def test_a_gap_that_cannot_be_closed_is_a_fault(extract: Extract) -> None:
    with settings(replace(HOUSEHOLD, plays=[play(days_ago(200), "u1", "1", 60)])) as env:
        extract(**env)
    with settings() as env:
        result = extract("doctor", **env)
    assert verdicts(result)["archive"] == "fault"
    assert "import-backup" in line_of(result, "archive")


def test_an_event_of_the_future_hides_no_gap(extract: Extract) -> None:
    plays = [play(days_ago(200), "u1", "1", 60), play("2098-01-01 00:00:00", "u1", "1", 60)]
    with settings(replace(HOUSEHOLD, plays=plays)) as env:
        extract(**env)
    with settings() as env:
        result = extract("doctor", **env)
    assert verdicts(result)["archive"] == "fault"


@pytest.mark.parametrize("began", ["soon", "0000-00-00 00:00:00"])
def test_an_event_without_a_time_is_told_and_stops_nothing(extract: Extract, began: str) -> None:
    with settings() as env:
        extract(**env)
    with settings(replace(HOUSEHOLD, plays=[play(f"{began}.0000000", "u1", "1", 60)])) as env:
        result = extract("doctor", **env)
    assert verdicts(result)["archive"] == "warning"
    assert "one of them is no time" in line_of(result, "archive")


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
    assert "in about 79 days" in line_of(result, "archive")


def test_a_clock_that_is_ahead_shows_as_events_of_the_future(extract: Extract) -> None:
    with settings(replace(HOUSEHOLD, plays=[play(days_ago(-0.4), "u1", "1", 60)])) as env:
        result = extract("doctor", **env)
    assert verdicts(result)["server clock"] == "fault"
    assert "9 h 3" in line_of(result, "server clock")


def test_a_damaged_database_is_a_fault(extract: Extract, database: Path) -> None:
    database.write_text("a letter to my aunt" * 100, encoding="utf-8")
    with settings() as env:
        result = extract("doctor", **env)
    assert result.exit_code == 1
    assert verdicts(result)["database"] == "fault"


def test_marts_that_are_not_built_are_a_warning(extract: Extract) -> None:
    with settings() as env:
        extract(**env)
        result = extract("doctor", **env)
    assert verdicts(result)["dbt"] == "warning"
    assert "run dbt build" in line_of(result, "dbt")
