"""The raw tables as data: columns, key, and what a complete load does to rows that it does not bring."""

from dataclasses import dataclass
from typing import Literal

WhenMissing = Literal["keep", "mark_removed", "delete", "append_only"]

# Schema version of the whole set of tables: SQLite's `user_version`. `migrations.py` brings older ones up to date.
SCHEMA_VERSION = 5

# Filled by the load itself, in UTC, `YYYY-MM-DD HH:MM:SS`.
FIRST_LOADED_AT = "first_loaded_at"
LAST_LOADED_AT = "last_loaded_at"
LOADED_AT = "loaded_at"
REMOVED_AT = "removed_at"
# Number of the load that last changed the row, counted up from 1; no clock is as reliable. Negative where somebody
# changed the row by hand since, so that no number is given twice; null where somebody wrote it by hand.
CHANGE_NUMBER = "change_number"
# Number of the load that appended the row, counted up from 1 across all tables that are appended to.
LOAD_ID = "load_id"
BOOKKEEPING = frozenset({FIRST_LOADED_AT, LAST_LOADED_AT, LOADED_AT, REMOVED_AT, CHANGE_NUMBER, LOAD_ID})


@dataclass(frozen=True)
class RawTable:
    """One raw table.

    `columns` maps names to SQLite types, in order; `key` names the primary key. `when_missing` says what becomes of a
    row that a complete load no longer brings. Of two rows with one key the later one stays, but for a table that is
    `append_only`: there the first one stays as it is.
    """

    name: str
    columns: dict[str, str]
    key: tuple[str, ...]
    when_missing: WhenMissing = "keep"
    without_rowid: bool = False

    @property
    def content(self) -> tuple[str, ...]:
        """Return the columns that come from the source, outside the key."""
        return tuple(name for name in self.columns if name not in self.key and name not in BOOKKEEPING)

    @property
    def received(self) -> tuple[str, ...]:
        """Return the columns that come from the source: the key and the content."""
        return (*self.key, *self.content)

    @property
    def ddl(self) -> str:
        """Return the statement that creates the table where it does not exist."""
        columns = ", ".join(f"{name} {type_}" for name, type_ in self.columns.items())
        tail = " without rowid" if self.without_rowid else ""
        return f"create table if not exists {self.name} ({columns}, primary key ({', '.join(self.key)})){tail}"

    @property
    def trigger(self) -> str | None:
        """Return the statement for a trigger that makes the change number of an updated row negative.

        None for a table without change numbers.
        """
        if CHANGE_NUMBER not in self.columns:
            return None
        watched = ", ".join((*self.key, *self.content, *(name for name in self.columns if name == REMOVED_AT)))
        same_row = " and ".join(f"{name} = new.{name}" for name in self.key)
        return (
            f"create trigger if not exists {self.name}_changed after update of {watched} "
            f"on {self.name} when new.{CHANGE_NUMBER} is old.{CHANGE_NUMBER} "
            f"begin update {self.name} set {CHANGE_NUMBER} = -abs({CHANGE_NUMBER}) where {same_row}; end"
        )


ITEMS = RawTable(
    "raw_emby_items",
    {
        "item_id": "text not null",
        "item_type": "text",
        "payload": "text not null",
        FIRST_LOADED_AT: "text",
        LAST_LOADED_AT: "text",
        REMOVED_AT: "text",
        CHANGE_NUMBER: "integer",
    },
    key=("item_id",),
    when_missing="mark_removed",
)

USERS = RawTable(
    "raw_emby_users",
    {
        "user_id": "text not null",
        "user_name": "text",
        "payload": "text not null",
        FIRST_LOADED_AT: "text",
        LAST_LOADED_AT: "text",
        REMOVED_AT: "text",
    },
    key=("user_id",),
    when_missing="mark_removed",
)

# The archive: every distinct observation, as received. A row is never updated and never deleted. The durations are in
# the key, as texts, so that an event that grew is one more observation; empty where the source gave none.
WATCH_EVENTS = RawTable(
    "raw_emby_watch_events",
    {
        "source": "text not null",
        "user_id": "text not null",
        "item_id": "text not null",
        "played_at_local": "text not null",
        "play_duration_seconds": "text not null",
        "pause_duration_seconds": "text not null",
        "item_name": "text",
        "item_type": "text",
        "user_name": "text",
        "remote_address": "text",
        "playback_method": "text",
        "client_name": "text",
        "device_name": "text",
        "transcode_reasons": "text",
        FIRST_LOADED_AT: "text",
        LOAD_ID: "integer",
    },
    key=("user_id", "item_id", "played_at_local", "source", "play_duration_seconds", "pause_duration_seconds"),
    when_missing="append_only",
    # Small rows, always read by user and item: the key is the table.
    without_rowid=True,
)

# What a source held for a day when that day was last read. The figures are what the source's own SQL printed.
WATCH_DAYS = RawTable(
    "raw_emby_watch_days",
    {
        "source": "text not null",
        "played_on": "text not null",
        "row_count": "integer",
        "play_seconds": "integer",
        "pause_seconds": "integer",
        "first_rowid": "integer",
        "last_rowid": "integer",
        "read_at": "text not null",
    },
    key=("source", "played_on"),
)

# Of a backup of Jellystat: every distinct row that was ever received, of whichever of its tables.
JELLYSTAT_ROWS = RawTable(
    "raw_jellystat_rows",
    {
        "table_name": "text not null",
        "row_hash": "text not null",
        "payload": "text not null",
        FIRST_LOADED_AT: "text",
        LOAD_ID: "integer",
    },
    key=("table_name", "row_hash"),
    when_missing="append_only",
)

# Of a database of Tautulli: every play, with its rows of the other tables, as distinct as it was ever received.
TAUTULLI_PLAYS = RawTable(
    "raw_tautulli_plays",
    {
        "play_id": "text not null",
        "row_hash": "text not null",
        "payload": "text not null",
        FIRST_LOADED_AT: "text",
        LOAD_ID: "integer",
    },
    key=("play_id", "row_hash"),
    when_missing="append_only",
)

# The SQL for whether an event has a date at all, and not what a server in trouble wrote there.
IS_DATED = "played_at_local glob '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] *'"

TMDB_GENRES = RawTable(
    "raw_tmdb_genres",
    {
        "media_type": "text not null",
        "genre_id": "integer not null",
        "genre_name": "text not null",
        LOADED_AT: "text",
    },
    key=("media_type", "genre_id"),
    when_missing="delete",
)

NAME_HASHES = RawTable(
    "raw_name_hashes",
    {"name": "text not null", "hash_id": "integer not null"},
    key=("name",),
)

# SQLite lower-cases ASCII alone; this says which lower-cased name a spelling has.
NAME_SPELLINGS = RawTable(
    "raw_name_spellings",
    {"spelling": "text not null", "name": "text not null"},
    key=("spelling",),
)

SERVER_CLOCK = RawTable(
    "raw_server_clock",
    {"valid_from_local": "text not null", "zone": "text not null"},
    key=("valid_from_local",),
    when_missing="delete",
)

TIMEZONE_OFFSETS = RawTable(
    "raw_timezone_offsets",
    {
        "zone": "text not null",
        "utc_from": "text not null",
        "utc_until": "text not null",
        "local_from": "text not null",
        "local_until": "text not null",
        "utc_offset_seconds": "integer not null",
        "is_report_zone": "integer not null",
    },
    key=("zone", "utc_from"),
    when_missing="delete",
)

EXTRACT_RUNS = RawTable(
    "raw_extract_runs",
    {
        "run_id": "text not null",
        "step": "text not null",
        "started_at": "text",
        "finished_at": "text",
        "status": "text",
        "rows_read": "integer",
        "rows_inserted": "integer",
        "rows_updated": "integer",
        "rows_removed": "integer",
        "rows_rejected": "integer",
        "request_count": "integer",
        "error": "text",
        "note": "text",
        "server_utc_offset_seconds": "integer",
    },
    key=("run_id", "step"),
)

RAW_TABLES = (
    ITEMS,
    USERS,
    WATCH_EVENTS,
    WATCH_DAYS,
    JELLYSTAT_ROWS,
    TAUTULLI_PLAYS,
    TMDB_GENRES,
    NAME_HASHES,
    NAME_SPELLINGS,
    SERVER_CLOCK,
    TIMEZONE_OFFSETS,
    EXTRACT_RUNS,
)
