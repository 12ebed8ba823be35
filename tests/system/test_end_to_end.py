"""The whole way: extract over HTTP, `dbt build`, and what is in the tables afterwards."""

import csv
import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from extract.cli import main
from extract.demo.household import Household, make_household
from extract.demo.loopback import serve
from extract.demo.servers import API_KEY, READ_ACCESS_TOKEN, Emby, Tmdb
from extract.landing.raw_tables import BOOKKEEPING, RAW_TABLES
from tests.dbt import build, run_dbt, run_models
from tests.environment import Rows
from tests.household import AFTER, BEFORE
from tests.models.reference import FORMAT, Event, instant, local, pairs_of

EXPECTED = Path(__file__).parent / "expected"
MARTS = sorted(path.stem for path in EXPECTED.glob("*.csv"))
LOAD_TIMES = BOOKKEEPING - {"removed_at"}


def extract(household: Household, database: Path, *arguments: str) -> None:
    with serve(Emby(household)) as emby, serve(Tmdb(household)) as tmdb:
        settings = {
            "EMBY_BASE_URL": emby,
            "EMBY_API_KEY": API_KEY,
            "TMDB_BASE_URL": tmdb,
            "TMDB_READ_ACCESS_TOKEN": READ_ACCESS_TOKEN,
            "WAREHOUSE_PATH": str(database),
        }
        result = CliRunner().invoke(main, arguments, env=settings)
    assert result.exit_code == 0, result.output


def rows_of(database: Path, table: str) -> Rows:
    """Return a table's rows, without the times at which they were loaded, sorted."""
    with closing(sqlite3.connect(database)) as connection:
        columns = [row[1] for row in connection.execute(f"pragma table_info({table})") if row[1] not in LOAD_TIMES]
        return sorted(connection.execute(f"select {', '.join(columns)} from {table}").fetchall(), key=repr)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a warehouse that was filled and built twice; an item was removed in between."""
    database = tmp_path_factory.mktemp("small") / "warehouse.db"
    extract(BEFORE, database)
    build(database)
    extract(AFTER, database)
    build(database, "--exclude-resource-type", "unit_test")
    return database


@pytest.fixture(scope="module")
def simulated(tmp_path_factory: pytest.TempPathFactory) -> tuple[Household, Path]:
    database = tmp_path_factory.mktemp("simulated") / "warehouse.db"
    household = make_household(datetime(2025, 12, 15, 3, tzinfo=UTC))
    extract(household, database)
    run_models(database)
    return household, database


def test_every_mart_has_its_expected_rows(small: Path) -> None:
    with closing(sqlite3.connect(small)) as connection:
        (typed,) = zip(*connection.execute("select name from sqlite_master where sql like '%strict%'"), strict=True)
    marts = {name for name in typed if not name.startswith(("int_", "report_", "highlights_")) and name != "builds"}
    assert marts == {*MARTS, "extract_runs"}


def test_every_step_of_every_run_is_shown(small: Path) -> None:
    with closing(sqlite3.connect(small)) as connection:
        runs = connection.execute(
            "select step, status, rows_read, rows_inserted, rows_updated, rows_removed, rows_rejected, request_count, "
            "error from extract_runs order by run_id, step"
        ).fetchall()
    assert runs == [
        ("clock", "ok", 259, 259, 0, 0, 0, 1, None),
        ("events", "ok", 14, 14, 0, 0, 0, 2, None),
        ("genres", "ok", 35, 35, 0, 0, 0, 2, None),
        ("items", "ok", 6, 6, 0, 0, 0, 2, None),
        ("users", "ok", 2, 2, 0, 0, 0, 2, None),
        ("clock", "ok", 259, 0, 0, 0, 0, 1, None),
        ("events", "ok", 0, 0, 0, 0, 0, 1, None),
        ("genres", "ok", 35, 0, 0, 0, 0, 2, None),
        ("items", "ok", 0, 0, 0, 1, 0, 5, None),
        ("users", "ok", 2, 0, 0, 0, 0, 2, None),
    ]


@pytest.mark.parametrize(("hours", "verdict"), [(1, "PASS"), (35, "PASS"), (37, "WARN")])
def test_freshness_warns_when_the_last_complete_run_is_older_than_a_day_and_a_half(
    small: Path, tmp_path: Path, hours: int, verdict: str
) -> None:
    database = tmp_path / "copy.db"
    with closing(sqlite3.connect(small)) as source, closing(sqlite3.connect(database)) as target, target:
        source.backup(target)
        target.execute(f"update raw_extract_runs set finished_at = datetime('now', '-{hours} hours')")
        # A later run that failed in one step, or was of one step, is not a complete one.
        target.execute("update raw_extract_runs set status = 'failed' where step = 'items' and rows_read = 0")
        target.execute(
            "update raw_extract_runs set finished_at = datetime('now') "
            "where run_id = (select max(run_id) from raw_extract_runs)"
        )
    ended = run_dbt(database, "source", "freshness")
    assert ended.returncode == 0, ended.stdout
    assert f"{verdict} freshness of extract.raw_extract_runs" in ended.stdout
    assert f"{verdict} freshness of emby.raw_emby_items" in ended.stdout
    assert "PASS freshness of emby.raw_emby_watch_events" in ended.stdout


@pytest.mark.parametrize("mart", MARTS)
def test_a_mart_has_exactly_these_rows(small: Path, mart: str) -> None:
    with (EXPECTED / f"{mart}.csv").open(encoding="utf-8", newline="") as file:
        columns, *expected = csv.reader(file)
    with closing(sqlite3.connect(small)) as connection:
        actual = connection.execute(f"select {', '.join(columns)} from {mart} order by 1").fetchall()
    assert [["" if value is None else str(value) for value in row] for row in actual] == expected


def test_a_second_run_of_both_changes_nothing_but_load_times(simulated: tuple[Household, Path]) -> None:
    household, database = simulated
    with closing(sqlite3.connect(database)) as connection:
        tables = [name for (name,) in connection.execute("select name from sqlite_master where type = 'table'")]
    # What tells of the runs themselves, and of what the last build had to do.
    for of_runs in ("raw_extract_runs", "extract_runs", "builds", "int_user_items_observed"):
        tables.remove(of_runs)
    assert len(tables) > len(RAW_TABLES)
    before = {table: rows_of(database, table) for table in tables}
    extract(household, database)
    run_models(database)
    assert {table: rows_of(database, table) for table in tables} == before
    with closing(sqlite3.connect(database)) as connection:
        changes = "select sum(rows_inserted), sum(rows_updated), sum(rows_removed) from raw_extract_runs"
        latest = " where run_id = (select max(run_id) from raw_extract_runs)"
        assert connection.execute(changes + latest).fetchone() == (0, 0, 0)


def test_the_simulated_household_follows_the_rules(simulated: tuple[Household, Path]) -> None:
    household, database = simulated
    longest: dict[tuple[str, str, str], Event] = {}
    for play in household.plays:
        paused = play.pause_seconds or 0
        played_at, seconds = play.played_at[:19], play.play_seconds - paused
        if seconds < 0:
            continue
        key = (play.user_id, play.item_id, played_at)
        if key not in longest or longest[key].seconds < seconds:
            longest[key] = Event(play.user_id, play.item_id, play.item_type, instant(played_at), seconds, paused)
    runtimes = {item["Id"]: item.get("RunTimeTicks", 0) // 10_000_000 for item in household.items}
    pairs = pairs_of(longest.values(), runtimes)
    with closing(sqlite3.connect(database)) as connection:
        sessions = connection.execute(
            "select user_id, item_id, started_at, ended_local, event_count, total_seconds_watched, outcome, "
            "viewing_number from watch_sessions order by 1, 2, 3"
        ).fetchall()
    assert len(sessions) > 500
    assert sessions == [
        (
            *key,
            session.started.strftime(FORMAT),
            local(session.ended),
            len(session.events),
            session.seconds,
            session.outcome,
            session.viewing_number,
        )
        for key, pair in sorted(pairs.items())
        for session in pair.sessions
    ]


def test_changing_the_clock_needs_no_download(small: Path, tmp_path: Path) -> None:
    database = tmp_path / "copy.db"
    with closing(sqlite3.connect(small)) as source, closing(sqlite3.connect(database)) as target:
        source.backup(target)
    settings = {
        "WAREHOUSE_PATH": str(database),
        "EMBY_SERVER_CLOCK": "Europe/Berlin",
        "REPORT_TIMEZONE": "America/New_York",
    }
    result = CliRunner().invoke(main, ["clock"], env=settings)
    assert result.exit_code == 0, result.output
    run_models(database)
    with closing(sqlite3.connect(database)) as connection:
        event = connection.execute(
            "select started_at, started_local from watch_events where event_id like '%|1|2025-09-01 20:00:00'"
        ).fetchone()
    assert event == ("2025-09-01 18:00:00", "2025-09-01 14:00:00")


def test_every_column_that_exists_is_described(small: Path, tmp_path: Path) -> None:
    ended = run_dbt(small, "docs", "generate", "--static", "--write-json", target=tmp_path / "docs")
    assert ended.returncode == 0, ended.stdout
    assert (tmp_path / "docs" / "static_index.html").stat().st_size > 1_000_000
    manifest = json.loads((tmp_path / "docs" / "manifest.json").read_text(encoding="utf-8"))
    catalog = json.loads((tmp_path / "docs" / "catalog.json").read_text(encoding="utf-8"))
    described = {
        id_: {name for name, column in node["columns"].items() if column["description"]}
        for id_, node in (manifest["nodes"] | manifest["sources"]).items()
        if node["resource_type"] in {"model", "seed", "source"} and node["description"]
    }
    existing = {id_: set(node["columns"]) for id_, node in (catalog["nodes"] | catalog["sources"]).items()}
    assert described == existing
    assert len(existing) > 40
