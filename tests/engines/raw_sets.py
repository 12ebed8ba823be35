"""What the engines are compared on: a small household, a large one, and whatever a server could have written."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from extract.demo.household import make_household
from extract.landing.raw_tables import (
    ITEMS,
    JELLYSTAT_ROWS,
    NAME_HASHES,
    NAME_SPELLINGS,
    RAW_TABLES,
    SERVER_CLOCK,
    TAUTULLI_PLAYS,
    TIMEZONE_OFFSETS,
    TMDB_GENRES,
    USERS,
    WATCH_EVENTS,
)
from extract.landing.warehouse import Warehouse
from extract.sources import clock, names
from extract.sources.timezone_offsets import iter_timezone_offsets
from tests.engines import hostile_rows
from tests.environment import CLOCK
from tests.household import AFTER, BEFORE
from tests.system.test_end_to_end import extract


def small(database: Path) -> None:
    """Load the household whose marts are worked out by hand."""
    extract(BEFORE, database)
    extract(AFTER, database)


def demo(database: Path) -> None:
    """Load the household of the demo."""
    extract(make_household(datetime(2025, 12, 15, 3, tzinfo=UTC)), database)


def hostile(database: Path) -> None:
    """Load what no server and no other program should have written."""
    hostile_server(database)
    with Warehouse(database) as warehouse:
        for table, rows in (
            (JELLYSTAT_ROWS, hostile_rows.jellystat_rows()),
            (TAUTULLI_PLAYS, hostile_rows.tautulli_plays()),
        ):
            warehouse.collect(table, rows)
            warehouse.load([table], "2026-06-01 00:00:00")


def hostile_server(database: Path) -> None:
    """Load what no server should have written, of items some of which were removed, and came back."""
    items = hostile_rows.items()
    eras = clock.parse_server_clock(CLOCK["EMBY_SERVER_CLOCK"])
    genres = ((18, "Drama", "movie"), (9648, "Noir", "tv"), (18, "DRAMA", "tv"), (3, "Ängest", "tv"))
    with Warehouse(database) as warehouse:
        for table, rows in (
            (SERVER_CLOCK, clock.iter_server_clock(eras)),
            (TIMEZONE_OFFSETS, iter_timezone_offsets(eras, CLOCK["REPORT_TIMEZONE"])),
            (TMDB_GENRES, [{"genre_id": id_, "genre_name": name, "media_type": type_} for id_, name, type_ in genres]),
            (NAME_HASHES, names.iter_hashes(set(hostile_rows.SPELLINGS))),
            (NAME_SPELLINGS, names.iter_spellings(set(hostile_rows.SPELLINGS))),
            (USERS, hostile_rows.users()),
            (ITEMS, items),
            (ITEMS, [row for number, row in enumerate(items) if number % 5]),
            (ITEMS, [row for number, row in enumerate(items) if number % 7]),
            (WATCH_EVENTS, hostile_rows.events()),
        ):
            warehouse.collect(table, rows)
            warehouse.load([table], "2026-06-01 00:00:00")


def late(database: Path) -> None:
    """Load what comes a day after the hostile set: new events, a longer observation, another name and runtime."""
    events = [hostile_rows.event("u3", f"i{n}", f"2026-05-0{1 + n} 20:00:00", "3000") for n in range(8)]
    events += [
        hostile_rows.event("u4", "i9000", "2025-09-01 19:59:00", "30"),
        hostile_rows.event("u5", "a|b%'c", "2025-11-01 20:00:00.9", "900"),
    ]
    item = {"item_id": "i9000", "item_type": "Movie", "payload": '{"Name": "Often", "RunTimeTicks": 40000000000}'}
    with Warehouse(database) as warehouse:
        for table, rows in (
            (WATCH_EVENTS, events),
            (ITEMS, [*(row for number, row in enumerate(hostile_rows.items()) if number % 7), item]),
            (USERS, [row | {"user_name": "Ümit"} if row["user_id"] == "u3" else row for row in hostile_rows.users()]),
        ):
            warehouse.collect(table, rows)
            warehouse.load([table], "2026-06-02 00:00:00")


def together(database: Path) -> None:
    """Load the three of them into one file: an engine takes longer to build than to read rows."""
    hostile(database)
    for load in (small, demo):
        other = database.with_name(f"{load.__name__}_of_{database.name}")
        load(other)
        with closing(sqlite3.connect(database, isolation_level=None)) as connection:
            connection.execute("attach ? as other", (str(other),))
            for table in RAW_TABLES:
                taken = connection.execute(f"insert or ignore into {table.name} select * from other.{table.name}")
                if table in (ITEMS, USERS, WATCH_EVENTS):
                    every = connection.execute(f"select count(*) from other.{table.name}").fetchone()
                    assert every == (taken.rowcount,), f"{table.name} of two sets share keys"
