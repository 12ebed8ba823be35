"""The sessions of a built warehouse once more, by the best plain SQL that we know, in SQLite and in DuckDB.

`python -m tests.bench.sessions DATABASE FOLDER` prints the seconds of each as JSON, and fails if the rows differ.
"""

import csv
import json
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from time import perf_counter
from typing import Any

import duckdb

GAP_SECONDS = 15 * 60

EVENTS = """
select user_id, item_id, watched_seconds, paused_seconds, started_epoch_seconds
from int_watch_events_deduplicated
"""

SESSIONS = f"""
select user_id, item_id, count(*), sum(watched_seconds), sum(paused_seconds), session_start, max(ended)
from (
    select user_id, item_id, watched_seconds, paused_seconds, ended,
        max(case when latest_end is null or started - latest_end > {GAP_SECONDS} then started end) over (
            partition by user_id, item_id order by started rows between unbounded preceding and current row
        ) as session_start
    from (
        select user_id, item_id, watched_seconds, paused_seconds, started, ended,
            max(ended) over (
                partition by user_id, item_id order by started rows between unbounded preceding and 1 preceding
            ) as latest_end
        from (
            select user_id, item_id, watched_seconds, paused_seconds, started_epoch_seconds as started,
                started_epoch_seconds + watched_seconds + coalesce(paused_seconds, 0) as ended
            from {{events}}
        )
    )
)
group by user_id, item_id, session_start
"""

COLUMNS = "user_id text, item_id text, events bigint, seconds bigint, paused bigint, started bigint, ended bigint"

Ask = Callable[[str], Any]


def main() -> None:
    """Measure both, compare their rows with the model's."""
    database, folder = Path(sys.argv[1]), Path(sys.argv[2])
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        connection.execute("pragma threads = 4")
        key = "primary key (user_id, item_id, started)"
        connection.execute(f"create table bench_sessions ({COLUMNS}, {key}) without rowid")
        seconds = {"plain SQL": _measure(connection.execute, "int_watch_events_deduplicated")}
        expected = connection.execute("select * from bench_sessions order by 1, 2, 6").fetchall()
        connection.execute("drop table bench_sessions")
        columns = "user_id, item_id, event_count, total_seconds_watched, paused_seconds, started_epoch_seconds"
        model = f"select {columns}, ended_epoch_seconds from int_watch_sessions_formed order by 1, 2, 6"
        if connection.execute(model).fetchall() != expected:
            sys.exit("the model's sessions are others than those of plain SQL")
        exported = folder / "events.csv"
        with exported.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(connection.execute(EVENTS))
    with closing(duckdb.connect()) as duck:
        names = "['user_id', 'item_id', 'watched_seconds', 'paused_seconds', 'started_epoch_seconds']"
        types = "{'item_id': 'text'}"
        columns = f"header = false, names = {names}, types = {types}"
        duck.execute(f"create table events as from read_csv('{exported}', {columns})")
        duck.execute(f"create table bench_sessions ({COLUMNS})")
        seconds["DuckDB"] = _measure(duck.execute, "events")
        if duck.execute("select * from bench_sessions order by 1, 2, 6").fetchall() != expected:
            sys.exit("DuckDB's sessions are others than those of plain SQL")
    exported.unlink()
    print(json.dumps(seconds))


def _measure(ask: Ask, events: str) -> float:
    began = perf_counter()
    ask("begin")
    ask(f"insert into bench_sessions {SESSIONS.format(events=events)}")
    ask("commit")
    return perf_counter() - began


if __name__ == "__main__":
    main()
