"""Two builds at once on PostgreSQL, where one waits for the other while it is recorded, and then no more."""

import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.dbt import run_dbt
from tests.engines import raw_sets
from tests.engines.engines import TABLES_ALONE, Engine, build, marts, serve, told
from tests.environment import Rows

TARGET = "postgres"
ROUNDS = 5


def rows_of(engine: Engine, database: Path, tables: dict[str, list[str]]) -> dict[str, Rows]:
    return {table: told(engine.rows(database, table, columns)) for table, columns in tables.items()}


def test_two_runs_at_once_leave_every_table_whole(tmp_path: Path) -> None:
    """One of them may be told to stop; what it left out, the next build makes."""
    database = tmp_path / "together.db"
    raw_sets.small(database)
    build(database, "sqlite", *TABLES_ALONE)
    tables = marts(database)
    with serve(TARGET) as engine, ThreadPoolExecutor(2) as both:
        settings = engine.load(database)

        def run(number: int, *arguments: str) -> subprocess.CompletedProcess[str]:
            target = tmp_path / f"target-{number}"
            return run_dbt(database, "run", "--target", TARGET, *arguments, target=target, settings=settings)

        assert run(1).returncode == 0
        before = rows_of(engine, database, tables)
        assert before["watch_sessions"], "nothing was compared"
        refused = 0
        for _ in range(ROUNDS):
            ended = [
                both.submit(run, 1, "--full-refresh", "--select", "watch_sessions"),
                both.submit(run, 2, "--select", "user_item_stats"),
            ]
            for each in (future.result() for future in ended):
                refused += each.returncode
                assert each.returncode == 0 or "Another run of dbt on this database began" in each.stdout, each.stdout
            # dbt drops the views of a table that it builds in full, and creates them when it comes to them.
            for table in ("watch_sessions", "user_item_stats"):
                assert told(engine.rows(database, table, tables[table])) == before[table], table
        assert run(1).returncode == 0
        assert rows_of(engine, database, tables) == before
        assert refused < 2 * ROUNDS, "somebody always finishes"
