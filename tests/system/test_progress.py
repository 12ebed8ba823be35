"""The bars that somebody at a terminal sees."""

import os
import pty
import re
import select
import subprocess
import sys
import threading
import time
from pathlib import Path

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
LONGEST_WAIT_SECONDS = 120


class SecondPageHeld:
    """A server whose second page of the library waits until it is let go."""

    def __init__(self) -> None:
        self.let_go = threading.Event()
        self._real = Emby(HOUSEHOLD)

    def __call__(self, request: Request) -> Response:
        if request.path == "/Items" and int(request.query.get("StartIndex", "0")) > 0:
            self.let_go.wait(LONGEST_WAIT_SECONDS)
        return self._real(request)


def seen_on_a_terminal(command: list[str], settings: dict[str, str], wanted: str, let_go: threading.Event) -> str:
    """Run a command on a terminal until a text has appeared and then to its end. Return all that it showed there."""
    terminal, end = pty.openpty()
    process = subprocess.Popen(command, env=settings, stdout=subprocess.DEVNULL, stderr=end)
    os.close(end)
    shown, deadline = "", time.monotonic() + LONGEST_WAIT_SECONDS
    try:
        while time.monotonic() < deadline:
            if not select.select([terminal], [], [], 0.2)[0]:
                continue
            try:
                shown += os.read(terminal, 65_536).decode(errors="replace")
            except OSError:  # the other end is closed
                break
            if re.search(wanted, shown):
                let_go.set()
    finally:
        let_go.set()
        process.kill() if time.monotonic() >= deadline else None
        process.wait()
        os.close(terminal)
    return shown


def test_a_bar_says_of_what_and_how_long_for_the_extractor_and_for_dbt(tmp_path: Path) -> None:
    server = SecondPageHeld()
    with serve(server) as url:
        settings = environment(
            EMBY_BASE_URL=url,
            EMBY_API_KEY=API_KEY,
            WAREHOUSE_PATH=str(tmp_path / "warehouse.db"),
            DBT_TARGET_PATH=str(tmp_path / "target"),
            DBT_LOG_PATH=str(tmp_path / "logs"),
            TERM="xterm",
            COLUMNS="150",
        )
        items = r"[1-6] of 7 items .*(so far|left)"
        command = [sys.executable, "-m", "extract", "--page-size", "3"]
        assert re.search(items, seen_on_a_terminal(command, settings, items, server.let_go))
        models = r"[1-9]\d* of \d+ models and tests .*(so far|left)"
        command = [sys.executable, "-m", "extract.run", "build"]
        assert re.search(models, seen_on_a_terminal(command, settings, models, threading.Event()))
