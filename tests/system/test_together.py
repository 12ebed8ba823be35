"""The extractor, `dbt build` and a reader on one database, all at once, for a minute or longer."""

import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack, closing
from dataclasses import replace
from pathlib import Path

from extract.demo.household import Household
from extract.demo.loopback import Request, Response, serve
from extract.demo.servers import API_KEY, READ_ACCESS_TOKEN, Emby, Tmdb
from tests.dbt import build, run_dbt, run_models
from tests.environment import environment
from tests.servers import play
from tests.system.test_killed import household

Work = Callable[[], str]
SECONDS = 60
# So often each does its work, however slow the machine.
ROUNDS = 2
READS = ("watch_sessions", "user_item_stats", "library_items", "item_genres", "raw_emby_watch_events")


def read(database: Path) -> str:
    """Read the tables as a dashboard would. Return what went wrong, or nothing."""
    try:
        with closing(sqlite3.connect(database)) as connection:
            empty = [t for t in READS if not connection.execute(f"select count(*) from {t}").fetchone()[0]]
            return f"{empty} are empty" if empty else ""
    except sqlite3.Error as error:
        return str(error)


class Growing:
    """A server on which more was played at each reading: something new, something longer, something impossible."""

    def __init__(self, home: Household) -> None:
        self._home, self._number = home, 0
        self._server = Emby(home)

    def __call__(self, request: Request) -> Response:
        return self._server(request)

    def grow(self) -> None:
        self._number += 1
        n = self._number
        new = [
            play(f"2025-11-{day:02} {n // 60 % 24:02}:{n % 60:02}:30", "u1", str(day), 60 * n) for day in range(1, 20)
        ]
        longer = [play("2025-10-10 10:00:00", "u2", str(item), 60 + n) for item in range(1, 20)]
        impossible = [play(f"no date {n}", "u2", "1", 60)]
        self._home = replace(self._home, plays=[*self._home.plays, *new, *longer, *impossible])
        self._server = Emby(self._home)


def extract(settings: dict[str, str]) -> str:
    """Run the extractor. Return what went wrong, or nothing."""
    command = [sys.executable, "-m", "extract", "--quiet"]
    ended = subprocess.run(command, env=settings, capture_output=True, text=True, check=False)
    return ended.stdout + ended.stderr if ended.returncode else ""


def build_again(database: Path) -> str:
    """Run dbt. Return what went wrong, or nothing."""
    ended = run_dbt(database, "build", "--exclude-resource-type", "unit_test")
    return ended.stdout[-3000:] if ended.returncode else ""


def test_nobody_is_in_nobodys_way(tmp_path: Path) -> None:
    database = tmp_path / "warehouse.db"
    home = household(300, 20_000)
    server = Growing(home)
    trouble: list[str] = []
    with ExitStack() as stack:
        settings = environment(
            EMBY_BASE_URL=stack.enter_context(serve(server)),
            EMBY_API_KEY=API_KEY,
            TMDB_BASE_URL=stack.enter_context(serve(Tmdb(home))),
            TMDB_READ_ACCESS_TOKEN=READ_ACCESS_TOKEN,
            WAREHOUSE_PATH=str(database),
        )

        def extract_more() -> str:
            server.grow()
            return extract(settings)

        work: dict[str, Work] = {
            "extract": extract_more,
            "build": lambda: build_again(database),
            "read": lambda: read(database),
        }
        done = dict.fromkeys(work, 0)
        assert extract(settings) == ""
        run_models(database)
        end = time.monotonic() + SECONDS

        def again_and_again(name: str) -> None:
            while (time.monotonic() < end or min(done.values()) < ROUNDS) and not trouble:
                said = work[name]()
                done[name] += 1
                if said:
                    trouble.append(f"{name}: {said}")

        threads = [threading.Thread(target=again_and_again, args=(name,)) for name in work]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert trouble == []
    # What came in between, the next build takes up.
    build(database, "--exclude-resource-type", "unit_test")
    with closing(sqlite3.connect(database)) as connection:
        (landed,) = connection.execute("select count(*) from raw_emby_watch_events").fetchone()
        assert connection.execute("select count(*) from watch_event_observations").fetchone() == (landed,)
        assert landed > 20_000 + 19
