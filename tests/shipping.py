"""Warehouses to ship, and what is where they were shipped to."""

import random
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extract.landing.raw_tables import ITEMS, RAW_TABLES, USERS, WATCH_EVENTS
from extract.landing.warehouse import Warehouse
from tests.engines.needed import needed
from tests.engines.postgres_server import Database

Tables = dict[str, list[tuple[Any, ...]]]
EVENTS = WATCH_EVENTS.name


@dataclass(frozen=True)
class Target:
    """Where to ship to, as the command line takes it, and a way to read what is there."""

    name: str
    held: Callable[[], Tables]


def load(
    database: Path, at: str, *, items: Iterable[str] = (), events: Iterable[str] = (), payload: str = "{}"
) -> None:
    """Load items and events as a run of the extractor would, and record it. An event is named by when it was played."""
    with Warehouse(database) as warehouse:
        warehouse.collect(ITEMS, [{"item_id": i, "item_type": "Movie", "payload": payload} for i in items])
        warehouse.collect(USERS, [{"user_id": "u1", "user_name": "ann", "payload": "{}"}])
        received = dict.fromkeys(WATCH_EVENTS.received, None) | {
            "user_id": "u1",
            "item_id": "1",
            "source": "query",
            "play_duration_seconds": "60",
            "pause_duration_seconds": "",
            "item_name": 'Nights, "Days"\nÅ \\N',
        }
        warehouse.collect(WATCH_EVENTS, [received | {"played_at_local": event} for event in events])
        warehouse.load([ITEMS, USERS, WATCH_EVENTS], at)
        warehouse.record_step({"run_id": at, "step": "items", "status": "ok", "started_at": at, "finished_at": at})


def large(database: Path, rows: int = 100_000) -> None:
    """Fill the tables with rows that take a while to ship, and that cannot be packed."""
    load(database, "2025-01-01 00:00:00", items=["1"])
    dice = random.Random(7)
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.executemany(
            f"insert into {EVENTS} (source, user_id, item_id, played_at_local, play_duration_seconds, "
            "pause_duration_seconds, item_name, first_loaded_at, load_id) "
            "values ('query', 'u1', '1', ?, '60', '', ?, '2025-01-01 00:00:00', 1)",
            ((f"{number:08}", dice.randbytes(40).hex()) for number in range(rows)),
        )


def change(database: Path, sql: str, *values: Any) -> None:
    """Do something by hand."""
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute(sql, values)


def in_database(database: Path) -> Tables:
    with closing(sqlite3.connect(database)) as connection:
        return {
            table.name: _in_order(connection.execute(f"select {', '.join(table.columns)} from {table.name}"))
            for table in RAW_TABLES
        }


def in_postgres(database: Database) -> Tables:
    with closing(database.connect()) as connection, connection.cursor() as cursor:
        # One snapshot for all tables.
        cursor.execute("begin isolation level repeatable read")
        tables = {}
        for table in RAW_TABLES:
            cursor.execute(f"select {', '.join(table.columns)} from emby_raw.{table.name}")
            tables[table.name] = _in_order(cursor)
        return tables


def in_folder(folder: Path) -> Tables:
    duckdb = needed("duckdb", "duckdb")
    # As a reader has to: it follows the link once.
    snapshot = (folder / "current").resolve()
    with closing(duckdb.connect()) as engine:
        return {
            table.name: _in_order(
                engine.execute(
                    f"select {', '.join(table.columns)} from read_parquet('{snapshot}/{table.name}/*.parquet')"
                ).fetchall()
            )
            for table in RAW_TABLES
        }


def _in_order(rows: Iterable[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    return sorted(rows, key=repr)
