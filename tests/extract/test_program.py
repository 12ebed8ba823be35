"""Signals, and a standard output that cannot be written."""

import os
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from extract.demo.household import Household
from extract.demo.loopback import Request, Response, serve
from extract.demo.servers import API_KEY, Emby
from tests.environment import environment
from tests.servers import movie, play, user

HOUSEHOLD = Household(
    items=[movie(str(number)) for number in range(1, 8)],
    users=[user("u1", "ann")],
    plays=[play("2025-08-20 20:00:00", "u1", "1", 600)],
)
SIGNALS = pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])


class Held:
    """A server that answers no request of a kind until it is let go, and says when one has come."""

    def __init__(self, path: str) -> None:
        self.reached, self.let_go = threading.Event(), threading.Event()
        self._path = path
        self._real = Emby(HOUSEHOLD)

    def __call__(self, request: Request) -> Response:
        if request.path.startswith(self._path):
            self.reached.set()
            self.let_go.wait(60)
        return self._real(request)


@contextmanager
def started(database: Path, server: Held, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """Yield the extractor while it waits for the server."""
    with serve(server) as url:
        process = subprocess.Popen(
            # A shell in the background has its children ignore SIGINT.
            ["env", "--default-signal=INT", sys.executable, "-m", "extract", *arguments],
            env=environment(WAREHOUSE_PATH=str(database), EMBY_BASE_URL=url, EMBY_API_KEY=API_KEY),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        try:
            assert server.reached.wait(60)
            yield process
        finally:
            server.let_go.set()
            process.kill()
            process.wait()


def extract_into(database: Path, stdout: int, *arguments: str) -> tuple[int, str]:
    """Run the extractor with this standard output. Return its exit code and what it said on standard error."""
    with serve(Emby(HOUSEHOLD)) as url:
        ended = subprocess.run(
            [sys.executable, "-m", "extract", *arguments],
            env=environment(WAREHOUSE_PATH=str(database), EMBY_BASE_URL=url, EMBY_API_KEY=API_KEY),
            stdout=stdout,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    return ended.returncode, ended.stderr


@SIGNALS
@pytest.mark.parametrize("path", ["/Users/Query", "/Items", "/user_usage_stats/submit_custom_query"])
def test_a_signal_ends_a_run_with_its_code_and_no_traceback(
    database: Path, number: signal.Signals, code: int, path: str
) -> None:
    with started(database, Held(path)) as process:
        process.send_signal(number)
        said, complained = process.communicate(timeout=60)
    assert process.returncode == code
    assert "Traceback" not in said + complained
    assert f"Stopped by {number.name}" in complained.splitlines()[-1]


@SIGNALS
def test_a_run_after_one_that_was_stopped_does_it_all(database: Path, number: signal.Signals, code: int) -> None:
    with started(database, Held("/Items")) as process:
        process.send_signal(number)
        process.communicate(timeout=60)
        assert process.returncode == code
    assert extract_into(database, subprocess.DEVNULL)[0] == 0
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("select count(*) from raw_emby_items").fetchone() == (7,)
        assert connection.execute("pragma integrity_check").fetchone() == ("ok",)


def test_a_full_standard_output_is_told_in_a_sentence_and_the_rows_are_there(database: Path) -> None:
    full = os.open("/dev/full", os.O_WRONLY)
    try:
        code, complained = extract_into(database, full)
    finally:
        os.close(full)
    assert code == 1
    assert complained.splitlines()[-1] == "Standard output cannot be written: [Errno 28] No space left on device."
    assert "Traceback" not in complained
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("select count(*) from raw_emby_watch_events").fetchone() == (1,)


@pytest.mark.parametrize("command", ["doctor", "backup", "--help"])
def test_every_command_stands_a_full_standard_output(database: Path, command: str) -> None:
    assert extract_into(database, subprocess.DEVNULL)[0] == 0
    full = os.open("/dev/full", os.O_WRONLY)
    try:
        code, complained = extract_into(database, full, command)
    finally:
        os.close(full)
    assert code == 1
    assert complained.count("Standard output cannot be written") == 1
    assert "Traceback" not in complained


def test_a_reader_that_closes_the_pipe_is_no_fault_to_talk_about(database: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        code, complained = extract_into(database, writing)
    finally:
        os.close(writing)
    assert code == 1
    assert "Traceback" not in complained and "Broken pipe" not in complained
