"""A shipment that is stopped, killed, cut off or out of room: the target is as it was, and the next one does it all."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from click.testing import Result

from extract.run.report import Bar
from tests.engines.needed import needed
from tests.engines.postgres_server import GUARDED, PASSWORD, Database, running_server
from tests.environment import environment
from tests.extract.test_copies_faults import in_small_disk
from tests.shipping import EVENTS, Target, in_database, in_folder, in_postgres, large, load

Extract = Callable[..., Result]
FIRST, SECOND = "2025-01-01 00:00:00", "2025-01-02 00:00:00"
SIGNALS = pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
# One of the last tables: when it is reached the archive is written.
LATE = "emby_raw.raw_timezone_offsets"
WAITS = "select count(*) from pg_stat_activity where application_name = 'emby-elt' and wait_event_type = 'Lock'"
WORKS = "select count(*) from pg_stat_activity where application_name = 'emby-elt'"
COPIES = "select count(*) from pg_stat_progress_copy where tuples_processed > 1000"


def until(condition: Callable[[], object]) -> None:
    for _ in range(6_000):
        if condition():
            return
        time.sleep(0.01)
    raise AssertionError("it never came to this")


def started(database: Path, target: str, **settings: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        # A shell in the background has its children ignore SIGINT.
        ["env", "--default-signal=INT", sys.executable, "-m", "extract", "ship", target],
        env=environment(WAREHOUSE_PATH=str(database), **settings),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def sentence(process: subprocess.Popen[str], code: int = 1) -> str:
    """Return what a shipment says that failed, sooner than any lock is given up."""
    said, complained = process.communicate(timeout=50)
    assert process.returncode == code, complained
    assert said == ""
    assert len(complained.splitlines()) == 1, complained
    return complained


@contextmanager
def held(database: Database, table: str = LATE) -> Iterator[None]:
    """Let no shipment go beyond a table."""
    with closing(database.connect()) as connection, connection.cursor() as cursor:
        cursor.execute("begin")
        cursor.execute(f"lock table {table} in share mode")
        yield


@pytest.fixture
def shipped(extract: Extract, database: Path, postgres: Database) -> Database:
    """Return a database that lacks what was loaded since."""
    load(database, FIRST, items=["1"], events=["a"])
    assert extract("ship", postgres.address()).exit_code == 0
    load(database, SECOND, items=["1", "2"], events=["b"])
    return postgres


@SIGNALS
def test_a_signal_ends_a_shipment_to_a_server_at_once(
    extract: Extract, database: Path, shipped: Database, number: signal.Signals, code: int
) -> None:
    before = in_postgres(shipped)
    with held(shipped):
        process = started(database, shipped.address())
        until(lambda: shipped.ask(WAITS) == [(1,)])
        process.send_signal(number)
        assert f"Stopped by {number.name}" in sentence(process, code)
        assert shipped.ask(WORKS) == [(0,)], "the server is not left waiting"
    assert in_postgres(shipped) == before
    assert extract("ship", shipped.address()).exit_code == 0
    assert in_postgres(shipped) == in_database(database)


@SIGNALS
def test_a_signal_ends_a_shipment_in_the_middle_of_rows(
    extract: Extract, database: Path, postgres: Database, number: signal.Signals, code: int
) -> None:
    large(database)
    process = started(database, postgres.address())
    until(lambda: postgres.ask(COPIES) == [(1,)] or process.poll() is not None)
    process.send_signal(number)
    assert f"Stopped by {number.name}" in sentence(process, code)
    assert postgres.ask("select 1 from pg_namespace where nspname = 'emby_raw'") == []
    assert extract("ship", postgres.address()).exit_code == 0
    assert in_postgres(postgres) == in_database(database)


def test_a_shipment_that_is_killed_changes_nothing_and_the_next_one_does_it_all(
    extract: Extract, database: Path, shipped: Database
) -> None:
    before = in_postgres(shipped)
    with held(shipped):
        process = started(database, shipped.address())
        until(lambda: shipped.ask(WAITS) == [(1,)])
        process.kill()
        process.communicate()
    until(lambda: shipped.ask(WORKS) == [(0,)])
    assert in_postgres(shipped) == before
    assert extract("ship", shipped.address()).exit_code == 0
    assert in_postgres(shipped) == in_database(database)


def test_of_two_at_once_the_second_says_so(extract: Extract, database: Path, shipped: Database) -> None:
    with held(shipped):
        first = started(database, shipped.address())
        until(lambda: shipped.ask(WAITS) == [(1,)])
        second = extract("ship", shipped.address())
        assert second.exit_code == 1
        assert (
            second.stderr
            == f"Another ship to the database {shipped.name} at {shipped.folder} is at work. Wait for it to end.\n"
        )
        reader = in_postgres(shipped)
        assert len(reader[EVENTS]) == len(reader["raw_emby_items"]) == 1, "a reader sees the former tables"
    first.communicate(timeout=100)
    assert first.returncode == 0
    assert in_postgres(shipped) == in_database(database)


def test_a_connection_that_is_cut_is_told(database: Path, shipped: Database) -> None:
    before = in_postgres(shipped)
    with held(shipped):
        process = started(database, shipped.address())
        until(lambda: shipped.ask(WAITS) == [(1,)])
        shipped.ask("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'emby-elt'")
        said = sentence(process)
    assert "is as it was" in said
    assert "terminating connection due to administrator command" in said
    assert in_postgres(shipped) == before


@pytest.mark.parametrize("ending", [signal.SIGKILL, signal.SIGQUIT])
def test_a_server_that_goes_away_in_the_middle_is_told_and_is_as_it_was_when_it_is_back(
    extract: Extract, database: Path, ending: signal.Signals
) -> None:
    load(database, FIRST, items=["1"], events=["a"])
    with running_server() as server:
        target = server.new_database()
        assert extract("ship", target.address()).exit_code == 0
        before = in_postgres(target)
        large(database)
        process = started(database, target.address(GUARDED), PGPASSWORD=PASSWORD)
        until(lambda: target.ask(COPIES) == [(1,)] or process.poll() is not None)
        os.kill(server.pid, ending)
        said = sentence(process)
        assert "is as it was" in said
        assert PASSWORD not in said
        server.stop()
        server.start()
        assert in_postgres(target) == before
        assert extract("ship", target.address()).exit_code == 0
        assert in_postgres(target) == in_database(database)


def test_a_server_whose_disk_is_full_is_told_and_is_as_it_was(extract: Extract, database: Path) -> None:
    load(database, FIRST, items=["1"], events=["a"])
    with running_server() as server:
        target = server.new_database()
        assert extract("ship", target.address()).exit_code == 0
        before = in_postgres(target)
        large(database, rows=150_000)
        # A file of the table is larger than any of the server may be; its log of 16 MB is not.
        server.stop()
        server.start(largest_file=17_000_000)
        result = extract("ship", target.address())
        assert result.exit_code == 1
        assert "is as it was" in result.stderr
        assert "could not extend file" in result.stderr
        assert len(result.stderr.splitlines()) == 1
        assert in_postgres(target) == before
        server.stop()
        server.start()
        assert extract("ship", target.address()).exit_code == 0
        assert in_postgres(target) == in_database(database)


@pytest.fixture
def folder(extract: Extract, database: Path, tmp_path: Path) -> Path:
    """Return a folder that lacks what was loaded since, which takes a while to ship."""
    needed("duckdb", "duckdb")
    load(database, FIRST, items=["1"], events=["a"])
    assert extract("ship", str(tmp_path / "shipped")).exit_code == 0
    large(database)
    return tmp_path / "shipped"


def writing(folder: Path) -> bool:
    return (folder / "snapshots" / "unfinished" / EVENTS).exists()


@SIGNALS
def test_a_signal_ends_a_shipment_into_a_folder(
    extract: Extract, database: Path, folder: Path, number: signal.Signals, code: int
) -> None:
    before = in_folder(folder)
    process = started(database, str(folder))
    until(lambda: writing(folder))
    process.send_signal(number)
    assert f"Stopped by {number.name}" in sentence(process, code)
    assert in_folder(folder) == before
    assert [path.name[:6] for path in (folder / "snapshots").iterdir()] == ["000001"]
    assert extract("ship", str(folder)).exit_code == 0
    assert in_folder(folder) == in_database(database)


def test_a_folder_whose_shipment_is_killed_stays_as_it_was_and_the_next_one_clears_away_what_is_left(
    extract: Extract, database: Path, folder: Path
) -> None:
    before = in_folder(folder)
    process = started(database, str(folder))
    until(lambda: writing(folder))
    process.kill()
    process.communicate()
    assert writing(folder)
    assert in_folder(folder) == before
    assert extract("ship", str(folder)).exit_code == 0
    assert in_folder(folder) == in_database(database)
    assert sorted(path.name[:6] for path in (folder / "snapshots").iterdir()) == ["000001", "000002"]


def test_of_two_into_one_folder_the_second_says_so(extract: Extract, database: Path, folder: Path) -> None:
    link = folder.with_name("link")
    link.symlink_to(folder)
    first = started(database, str(folder))
    until(lambda: writing(folder))
    second = extract("ship", str(link))
    assert (second.exit_code, second.stderr) == (1, f"Another ship to {folder} is at work. Wait for it to end.\n")
    first.communicate(timeout=100)
    assert first.returncode == 0
    assert in_folder(folder) == in_database(database)


@pytest.mark.parametrize("rows", [6_000, 10_000])
def test_a_folder_on_a_full_disk_stays_as_it_was(database: Path, tmp_path: Path, rows: int) -> None:
    """Full when the Parquet is written, or already before."""
    needed("duckdb", "duckdb")
    small = tmp_path / "small.db"
    load(small, FIRST, items=["1"], events=["a"])
    large(database, rows)
    ship = f"{sys.executable} -m extract ship {tmp_path}/disk/shipped --database"
    ended = in_small_disk(
        tmp_path,
        f"{ship} {small} --quiet\ncp -r {tmp_path}/disk {tmp_path}/before\n"
        f"{ship} {database} || echo exit $?\ncp -r {tmp_path}/disk {tmp_path}/after",
    )
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout == "exit 1\n"
    assert len(ended.stderr.splitlines()) == 1, ended.stderr
    assert "cannot be written" in ended.stderr
    assert "No space left on device" in ended.stderr
    names = [sorted(str(p.relative_to(tmp_path / k)) for p in (tmp_path / k).rglob("*")) for k in ("before", "after")]
    assert names[0] == names[1]
    assert in_folder(tmp_path / "after" / "shipped") == in_database(small)


def test_a_folder_that_may_not_be_written_to_is_told(database: Path, tmp_path: Path) -> None:
    needed("duckdb", "duckdb")
    load(database, FIRST, items=["1"], events=["a"])
    ship = f"{sys.executable} -m extract ship --quiet --database {database} {tmp_path}/disk"
    ended = in_small_disk(
        tmp_path,
        f"{ship}/shipped\nmount -o remount,ro {tmp_path}/disk\n{ship}/shipped || echo exit $?\n"
        f"{ship}/other || echo exit $?\ncp -r {tmp_path}/disk {tmp_path}/after",
    )
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout == "exit 1\n" * 2
    assert [("Read-only" in line, "cannot be written" in line) for line in ended.stderr.splitlines()] == [
        (True, True)
    ] * 2
    assert in_folder(tmp_path / "after" / "shipped") == in_database(database)


def test_what_is_loaded_meanwhile_does_not_show(
    extract: Extract, database: Path, target: Target, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The tables are those of one moment."""
    load(database, FIRST, items=["1"], events=["a"])
    before = in_database(database)
    monkeypatch.setattr(Bar, "advance", lambda *_: load(database, SECOND, items=["1", "2"], events=["b"]))
    assert extract("ship", target.name).exit_code == 0
    assert target.held() == before
    assert in_database(database) != before
