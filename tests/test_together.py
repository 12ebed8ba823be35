"""The extractor, `dbt build` and a reader on one database, all at once, for a minute."""

import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import ExitStack, closing
from pathlib import Path

from extract.demo.servers import API_KEY, READ_ACCESS_TOKEN, Emby, Tmdb, serve
from tests.dbt import build, run_dbt
from tests.environment import environment
from tests.test_killed import household

SECONDS = 60
READS = ("watch_sessions", "user_item_stats", "library_items", "item_genres", "raw_emby_watch_events")


def read(database: Path) -> str:
    """Read the tables as a dashboard would. Return what went wrong, or nothing."""
    try:
        with closing(sqlite3.connect(database)) as connection:
            empty = [t for t in READS if not connection.execute(f"select count(*) from {t}").fetchone()[0]]
            return f"{empty} are empty" if empty else ""
    except sqlite3.Error as error:
        return str(error)


def extract(settings: dict[str, str]) -> str:
    """Run the extractor. Return what went wrong, or nothing."""
    command = [sys.executable, "-m", "extract", "--full-refresh", "--quiet"]
    ended = subprocess.run(command, env=settings, capture_output=True, text=True, check=False)
    return ended.stdout + ended.stderr if ended.returncode else ""


def build_again(database: Path) -> str:
    """Run dbt. Return what went wrong, or nothing."""
    ended = run_dbt(database, "build", "--exclude-resource-type", "unit_test")
    return ended.stdout[-3000:] if ended.returncode else ""


def test_nobody_is_in_nobodys_way(tmp_path: Path) -> None:
    database = tmp_path / "warehouse.db"
    home = household(300, 20_000)
    trouble: list[str] = []
    with ExitStack() as stack:
        settings = environment(
            EMBY_BASE_URL=stack.enter_context(serve(Emby(home))),
            EMBY_API_KEY=API_KEY,
            TMDB_BASE_URL=stack.enter_context(serve(Tmdb(home))),
            TMDB_READ_ACCESS_TOKEN=READ_ACCESS_TOKEN,
            WAREHOUSE_PATH=str(database),
        )
        work = {
            "extract": lambda: extract(settings),
            "build": lambda: build_again(database),
            "read": lambda: read(database),
        }
        done = dict.fromkeys(work, 0)
        assert extract(settings) == ""
        build(database)
        end = time.monotonic() + SECONDS

        def again_and_again(name: str) -> None:
            while time.monotonic() < end and not trouble:
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
    assert min(done.values()) >= 2, done
