"""`make run`, `make build` and `make docs`, as someone at a keyboard meets them."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from extract.demo.household import Household
from extract.demo.loopback import Answer, Response, serve
from extract.demo.servers import API_KEY, Emby
from tests.environment import environment
from tests.servers import Script, movie, play, user

HOUSEHOLD = Household(
    items=[movie("1"), movie("2")],
    users=[user("u1", "ann")],
    plays=[play("2025-08-20 20:00:00", "u1", "1", 5400), play("2025-08-21 20:00:00", "u1", "2", 600)],
)
MORE = replace(HOUSEHOLD, plays=[*HOUSEHOLD.plays, play("2025-08-22 20:00:00", "u1", "2", 300)])
A_PAGE = 50
MARTS = ("library_items", "watch_events", "watch_sessions", "user_item_stats")


@contextmanager
def served(answer: Answer | Household = HOUSEHOLD) -> Iterator[dict[str, str]]:
    with serve(Emby(answer) if isinstance(answer, Household) else answer) as url:
        yield {"EMBY_BASE_URL": url, "EMBY_API_KEY": API_KEY}


def pipeline(folder: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run the pipeline in a folder, with dbt's files there too."""
    return subprocess.run(
        [sys.executable, "-m", "extract.run", *arguments],
        cwd=folder,
        env=variables(folder, **settings),
        capture_output=True,
        text=True,
        check=False,
    )


def variables(folder: Path, **settings: str) -> dict[str, str]:
    made = {"WAREHOUSE_PATH": str(folder / "warehouse.db"), "DBT_TARGET_PATH": str(folder / "target")}
    return environment(**{**made, "DBT_LOG_PATH": str(folder / "logs"), **settings})


@pytest.fixture(scope="module")
def first_run(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """Return the folder of a first `make run`, and how it ended."""
    folder = tmp_path_factory.mktemp("run")
    with served() as settings:
        ended = pipeline(folder, **settings)
    shutil.copytree(folder, as_it_was(folder))
    return folder, ended


def as_it_was(folder: Path) -> Path:
    """Return where the files of the first run are kept."""
    return folder.with_name("as-it-was")


@pytest.fixture
def built(first_run: tuple[Path, subprocess.CompletedProcess[str]]) -> Path:
    """Return the folder of the first run, as that has left it: dbt need not read the project again there."""
    folder, _ = first_run
    shutil.rmtree(folder)
    return Path(shutil.copytree(as_it_was(folder), folder))


def test_a_run_tells_what_was_loaded_and_built_and_how_to_open_it(
    first_run: tuple[Path, subprocess.CompletedProcess[str]],
) -> None:
    folder, ended = first_run
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "events" in ended.stdout and "items" in ended.stdout
    rows = {line.split()[0]: line.split()[1] for line in ended.stdout.splitlines() if len(line.split()) > 1}
    assert {mart: rows[mart] for mart in MARTS} == dict(zip(MARTS, "2222", strict=True))
    assert f"The tables are in {folder / 'warehouse.db'}" in ended.stdout
    assert "sqlite3 -box" in ended.stdout


def test_a_run_without_a_terminal_is_a_page_of_plain_text(
    first_run: tuple[Path, subprocess.CompletedProcess[str]],
) -> None:
    said = first_run[1].stdout + first_run[1].stderr
    assert "\x1b" not in said and "\r" not in said
    assert len(said.splitlines()) <= A_PAGE, said
    assert max(map(len, said.splitlines())) <= 200, said


def test_a_run_leaves_out_unit_tests(first_run: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    log = (first_run[0] / "logs" / "dbt.log").read_text(encoding="utf-8")
    assert "unique_watch_events" in log
    assert "unit_test" not in log.replace("--exclude-resource-type unit_test", "").replace("'unit_test'", "")


def test_the_command_in_the_ending_opens_the_tables(
    first_run: tuple[Path, subprocess.CompletedProcess[str]],
) -> None:
    command = next(line for line in first_run[1].stdout.splitlines() if line.startswith("  sqlite3 -box"))
    query, path = command.rsplit("'", 2)[1], command.split()[2]
    with closing(sqlite3.connect(path)) as connection:
        assert len(connection.execute(query).fetchall()) == 2


def test_after_a_failure_the_cause_is_last_and_the_rest_is_done(built: Path) -> None:
    server = Script(Emby(MORE), Response(400, b"no users today", "text/plain"), on="/Users/Query")
    with served(server) as settings:
        ended = pipeline(built, **settings)
    assert ended.returncode == 1
    last = ended.stderr.strip().splitlines()[-1]
    assert last.startswith("users failed") and "no users today" in last
    with closing(sqlite3.connect(built / "warehouse.db")) as connection:
        assert connection.execute("select count(*) from watch_events").fetchone() == (3,)


def test_a_failed_build_names_the_model_and_the_cause_last(built: Path) -> None:
    with closing(sqlite3.connect(built / "warehouse.db")) as connection, connection:
        connection.execute(
            "create trigger refuse before insert on watch_sessions begin select raise(abort, 'refused today'); end"
        )
    with served(MORE) as settings:
        ended = pipeline(built, **settings)
    assert ended.returncode == 1
    assert "Traceback" not in ended.stderr
    _, _, ending = ended.stderr.partition("dbt build failed:\n")
    first, *rest = ending.strip().splitlines()
    assert first.startswith("watch_sessions: ") and "refused today" in "".join([first, *rest])
    assert rest[-1].startswith("dbt's log tells more: ")
    assert Path(rest[-1].partition(": ")[2]).is_file()
    assert "as before, it failed" in ended.stdout


def test_a_build_before_anything_is_loaded_says_what_to_do(tmp_path: Path) -> None:
    ended = pipeline(tmp_path, "build")
    assert ended.returncode == 1
    assert 'run "make run" first' in ended.stderr
    assert "demo" not in ended.stderr
    assert not (tmp_path / "warehouse.db").exists()


def test_a_build_after_the_demo_says_where_the_demo_has_its_tables(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "demo.db").touch()
    ended = pipeline(tmp_path, "build")
    assert ended.returncode == 1
    assert "There is no database at" in ended.stderr
    assert "WAREHOUSE_PATH=data/demo.db make build" in ended.stderr


def test_a_setting_that_is_missing_ends_with_two_before_dbt(tmp_path: Path) -> None:
    ended = pipeline(tmp_path)
    assert ended.returncode == 2
    assert "EMBY_BASE_URL is not set" in ended.stderr
    assert not (tmp_path / "logs").exists()


def test_a_build_alone_shows_the_tables(built: Path) -> None:
    ended = pipeline(built, "build")
    assert ended.returncode == 0, ended.stderr
    assert "user_item_stats" in ended.stdout


def test_docs_are_one_file(built: Path) -> None:
    ended = pipeline(built, "docs")
    assert ended.returncode == 0, ended.stderr
    page = built / "target" / "static_index.html"
    assert str(page) in ended.stdout
    assert "user_item_stats" in page.read_text(encoding="utf-8")


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_ends_a_build_without_a_traceback(built: Path, number: signal.Signals, code: int) -> None:
    log = built / "logs" / "dbt.log"
    log.unlink()
    process = subprocess.Popen(
        # A shell in the background has its children ignore SIGINT.
        ["env", "--default-signal=INT", sys.executable, "-m", "extract.run", "build"],
        env=variables(built),
        cwd=built,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    deadline = time.monotonic() + 60
    while not log.exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert log.exists()
    os.kill(process.pid, number)
    _, said = process.communicate()
    assert process.returncode == code, said
    assert "Traceback" not in said
    with closing(sqlite3.connect(built / "warehouse.db")) as connection:
        assert connection.execute("pragma integrity_check").fetchone() == ("ok",)
        assert connection.execute("select count(*) from user_item_stats").fetchone() == (2,)
