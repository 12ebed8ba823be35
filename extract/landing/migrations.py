"""Migrations: bring a database of an older schema version up to date. No observation is ever deleted."""

import sqlite3
from pathlib import Path

from extract.errors import WarehouseError
from extract.landing.raw_tables import RAW_TABLES, SCHEMA_VERSION

# What turns each schema version into the next. A new table needs no line here: it is created where it is missing.
STEPS_FROM = {
    1: (
        "alter table raw_emby_watch_events add column pause_seconds text",
        "alter table raw_emby_watch_events add column playback_method text",
        "alter table raw_emby_watch_events add column client_name text",
        "alter table raw_emby_watch_events add column device_name text",
        "alter table raw_emby_watch_events add column transcode_reasons text",
        "alter table raw_extract_runs add column request_count integer",
    ),
    2: (
        "alter table raw_emby_watch_events add column change_number integer",
        "update raw_emby_watch_events set change_number = 1",
        "alter table raw_emby_items add column change_number integer",
        "update raw_emby_items set change_number = 1",
    ),
    # Until here an event was one row: the longest of those that were met, without its pause and its fraction of a
    # second. Such a row becomes an observation of a source of its own.
    3: (
        # Set aside and not renamed: SQLite renames no table while a view reads a column that is gone.
        "create temp table events_of_version_3 as select * from raw_emby_watch_events",
        "drop table raw_emby_watch_events",
        """
        create table raw_emby_watch_events (
            source text not null, user_id text not null, item_id text not null, played_at_local text not null,
            play_duration_seconds text not null, pause_duration_seconds text not null, item_name text,
            item_type text, user_name text, remote_address text, playback_method text, client_name text,
            device_name text, transcode_reasons text, first_loaded_at text, load_id integer,
            primary key (
                user_id, item_id, played_at_local, source, play_duration_seconds, pause_duration_seconds
            )
        ) without rowid
        """,
        """
        insert into raw_emby_watch_events
        select
            'archive', user_id, item_id, played_at_local, coalesce(duration_seconds, ''),
            coalesce(pause_seconds, ''), item_name, item_type, user_name, remote_address, playback_method,
            client_name, device_name, transcode_reasons, first_loaded_at, 1
        from temp.events_of_version_3
        """,
        "drop table temp.events_of_version_3",
        "alter table raw_extract_runs add column note text",
        "alter table raw_extract_runs add column server_utc_offset_seconds integer",
    ),
    # The tables of other programs' histories are new.
    4: (),
}


def schema_version_of(connection: sqlite3.Connection) -> int:
    """Return the schema version of a database, its `user_version`; 0 for one without raw tables."""
    (version,) = connection.execute("pragma user_version").fetchone()
    if version:
        return int(version)
    (is_first,) = connection.execute(
        "select count(*) from sqlite_master where type = 'table' and name = 'raw_emby_watch_events'"
    ).fetchone()
    return int(is_first)


def bring_up_to_date(connection: sqlite3.Connection) -> None:
    """Create what is missing, and alter what is older, in the transaction that is open."""
    version = schema_version_of(connection)
    # A database without raw tables has nothing to alter.
    for older in range(version or SCHEMA_VERSION, SCHEMA_VERSION):
        for statement in STEPS_FROM[older]:
            connection.execute(statement)
    for table in RAW_TABLES:
        connection.execute(table.ddl)
        if table.trigger:
            connection.execute(table.trigger)
    # Tells at once whether the library is the one that was built from; the payloads are long to read past.
    connection.execute("create index if not exists raw_emby_items_by_change on raw_emby_items (change_number)")
    connection.execute(f"pragma user_version = {SCHEMA_VERSION}")


def refuse_newer(version: int, path: Path) -> None:
    """Raise WarehouseError if a schema version is newer than this code knows."""
    if version > SCHEMA_VERSION:
        raise WarehouseError(
            f"{path} has schema version {version}, and this emby-elt knows none above {SCHEMA_VERSION}. "
            "Nothing was changed. Update emby-elt."
        )
