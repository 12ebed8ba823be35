"""`kill -9` at any moment: what was there stays readable, and the next run converges."""

import os
import signal
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, suppress
from pathlib import Path

import pytest

from extract.cli import main
from extract.demo.household import Household
from extract.demo.loopback import serve
from extract.demo.servers import API_KEY, READ_ACCESS_TOKEN, Emby, Tmdb
from tests.dbt import columns_of, run_dbt, run_models
from tests.extract.test_faults import Tables, dump
from tests.servers import movie, play, user

MOMENTS = 50
BUILDS = 8


def household(items: int, plays: int) -> Household:
    return Household(
        items=[
            movie(str(number), Genres=["Drama", f"Genre {number % (items // 20)}"]) for number in range(1, items + 1)
        ],
        users=[user("u1", "ann"), user("u2", "bob")],
        plays=[
            play(
                f"2025-0{n % 9 + 1}-{n % 28 + 1:02} {n // 60 % 24:02}:{n % 60:02}:00",
                "u1",
                str(n % items + 1),
                60 + n % 900,
            )
            for n in range(plays)
        ],
    )


OLD, NEW = household(200, 2000), household(230, 4000)


@pytest.fixture(scope="module")
def settings() -> Iterator[Callable[[Household], dict[str, str]]]:
    with ExitStack() as stack:
        tmdb = stack.enter_context(serve(Tmdb(OLD)))
        servers = {id(home): stack.enter_context(serve(Emby(home))) for home in (OLD, NEW)}

        def settings_of(home: Household) -> dict[str, str]:
            return {
                "EMBY_BASE_URL": servers[id(home)],
                "EMBY_API_KEY": API_KEY,
                "TMDB_BASE_URL": tmdb,
                "TMDB_READ_ACCESS_TOKEN": READ_ACCESS_TOKEN,
            }

        yield settings_of


Settings = Callable[[Household], dict[str, str]]
RUN = ("--full-refresh", "--quiet", "--page-size", "50")


def extract_in_child(database: Path, settings: dict[str, str], kill_after: float | None = None) -> float:
    """Run the extractor in a forked process, which has everything imported already. Return the seconds it took."""
    began = time.monotonic()
    child = os.fork()
    if child == 0:
        os.environ.update(settings, WAREHOUSE_PATH=str(database))
        try:
            main(RUN, standalone_mode=False)
        except BaseException:  # noqa: BLE001 - a forked test must not go on as a second pytest
            os._exit(1)
        os._exit(0)
    if kill_after is not None:
        time.sleep(kill_after)
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return time.monotonic() - began


# Python 3.12 and newer warn of a fork beside threads; the child uses nothing that they hold.
forks = pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning")


@forks
def test_an_extractor_killed_at_any_moment_leaves_every_table_old_or_new(tmp_path: Path, settings: Settings) -> None:
    old_database, new_database = tmp_path / "old.db", tmp_path / "new.db"
    extract_in_child(old_database, settings(OLD))
    old = dump(old_database)
    with closing(sqlite3.connect(old_database)) as source, closing(sqlite3.connect(new_database)) as target:
        source.backup(target)
    whole = extract_in_child(new_database, settings(NEW))
    new = dump(new_database)
    assert old != new
    met: set[tuple[bool, ...]] = set()
    for moment in range(MOMENTS):
        database = tmp_path / f"killed-{moment}.db"
        with closing(sqlite3.connect(old_database)) as source, closing(sqlite3.connect(database)) as target:
            source.backup(target)
        extract_in_child(database, settings(NEW), kill_after=whole * moment / MOMENTS)
        tables = dump(database)
        for table, rows in tables.items():
            assert rows in (old[table], new[table]), f"{table} is neither old nor new after {moment}/{MOMENTS}"
        # Names load together with the items they are in.
        together = ("raw_emby_items", "raw_name_hashes", "raw_name_spellings")
        assert len({tables[table] == new[table] for table in together}) == 1
        met.add(tuple(tables[table] == new[table] for table in tables))
        # A busier machine takes longer, and the moments are to reach into the run all the same.
        whole = max(whole, extract_in_child(database, settings(NEW)))
        assert dump(database) == new
        for path in tmp_path.glob(f"killed-{moment}.db*"):
            path.unlink()
    assert len(met) > 1, "the moments reach into the run"


MARTS = ("library_items", "item_genres", "users", "watch_events", "watch_sessions", "user_item_stats", "extract_runs")


def marts(database: Path) -> Tables:
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("pragma integrity_check").fetchall() == [("ok",)]
        return {
            mart: connection.execute(
                f"select {', '.join(columns_of(connection, mart))} from {mart} order by 1"
            ).fetchall()
            for mart in MARTS
        }


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, settings: Settings) -> tuple[Path, Tables, Tables]:
    """Return a database whose raw tables are new and whose marts are old, and the marts before and after a build."""
    folder = tmp_path_factory.mktemp("built")
    database, other = folder / "warehouse.db", folder / "after.db"
    extract_in_child(database, settings(OLD))
    run_models(database)
    before = marts(database)
    extract_in_child(database, settings(NEW))
    with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(other)) as target:
        source.backup(target)
    run_models(other)
    return database, before, marts(other)


def copied(database: Path, name: str) -> Path:
    copy = database.with_name(name)
    with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    return copy


def timed_run(database: Path, kill_after: float | None = None) -> float:
    """Run `dbt run`, and end it so long after its first model began. Return the seconds from there to its end."""
    began = 0.0

    def kill(process: int, printed: Path) -> None:
        nonlocal began
        while not printed.exists() or "START" not in printed.read_text(encoding="utf-8"):
            os.kill(process, 0)  # raises, if it has ended
            time.sleep(0.001)
        began = time.monotonic()
        if kill_after is not None:
            time.sleep(kill_after)
            # It may have been quicker than the one that was timed.
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)

    run_dbt(database, "run", meanwhile=kill)
    return time.monotonic() - began


@forks
def test_a_build_killed_at_any_moment_leaves_every_mart_old_or_new(built: tuple[Path, Tables, Tables]) -> None:
    pristine, before, after = built
    whole = timed_run(copied(pristine, "whole.db"))
    met: set[int] = set()
    for moment in range(BUILDS):
        database = copied(pristine, "killed.db")
        timed_run(database, kill_after=whole * moment / BUILDS)
        tables = marts(database)
        for mart, rows in tables.items():
            assert rows in (before[mart], after[mart]), f"{mart} is neither old nor new after {moment}/{BUILDS}"
        met.add(sum(tables[mart] == after[mart] for mart in MARTS))
    assert len(met) > 1, "the moments reach into the build"
    run_models(database)
    assert marts(database) == after


@forks
def test_a_model_that_fails_leaves_every_mart_as_it_was(built: tuple[Path, Tables, Tables]) -> None:
    pristine, before, after = built
    database = copied(pristine, "failed.db")
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("create table held as select item_id, payload from raw_emby_items")
        connection.execute("update raw_emby_items set payload = 'no JSON' where item_id = '7'")
    ended = run_dbt(database, "build", "--exclude-resource-type", "unit_test")
    assert ended.returncode == 1
    assert "malformed JSON" in ended.stdout
    tables = marts(database)
    for mart in ("library_items", "item_genres", "watch_sessions", "user_item_stats"):
        assert tables[mart] == before[mart]
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute(
            "update raw_emby_items set payload = (select payload from held where item_id = '7') where item_id = '7'"
        )
    run_models(database)
    assert marts(database) == after
