"""What other programs write: backups of Jellystat in both formats, and a database of Tautulli."""

import json
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

Row = dict[str, Any]
Tables = Mapping[str, Iterable[Any]]


def activity(id_: str, user_id: str, item_id: str, stopped_at: str, seconds: int, **fields: Any) -> Row:
    """Return a row of `jf_playback_activity` of a film."""
    return {
        "Id": id_,
        "IsPaused": False,
        "UserId": user_id,
        "UserName": "ann",
        "Client": "Emby Web",
        "DeviceName": "Firefox",
        "DeviceId": "d1",
        "NowPlayingItemId": item_id,
        "NowPlayingItemName": f"Item {item_id}",
        "SeasonId": None,
        "SeriesName": None,
        "EpisodeId": None,
        "PlaybackDuration": str(seconds),
        "ActivityDateInserted": stopped_at,
        "PlayMethod": "DirectPlay",
        "RemoteEndPoint": "192.168.1.2",
        "ServerId": "s1",
        "imported": False,
        **fields,
    }


def as_array(path: Path, tables: Tables) -> Path:
    """Write a backup as up to 1.1.11."""
    path.write_text(json.dumps([{name: list(rows)} for name, rows in tables.items()]), encoding="utf-8")
    return path


def as_lines(path: Path, tables: Tables) -> Path:
    """Write a backup as from 1.1.12 on."""
    lines: list[Row] = []
    for name, rows in tables.items():
        lines.append({"type": "table", "table": name})
        lines += [{"type": "row", "table": name, "data": row} for row in rows]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


TAUTULLI = """
create table session_history (
    id integer primary key autoincrement, reference_id integer, started integer, stopped integer, rating_key integer,
    user_id integer, user text, ip_address text, paused_counter integer default 0, player text, product text,
    platform text, media_type text, view_offset integer default 0
);
create table session_history_metadata (
    id integer primary key, rating_key integer, title text, parent_title text, grandparent_title text,
    media_index integer, parent_media_index integer, year integer, originally_available_at text, duration integer,
    guid text, grandparent_guid text
);
create table session_history_media_info (id integer primary key, rating_key integer, transcode_decision text);
create table tvmaze_lookup (
    id integer primary key autoincrement, rating_key integer, thetvdb_id integer, imdb_id text, tvmaze_id integer
);
create table themoviedb_lookup (
    id integer primary key autoincrement, rating_key integer, thetvdb_id integer, imdb_id text, themoviedb_id integer
);
"""


def plex_play(id_: int, started: int, seconds: int, **fields: Any) -> Row:
    """Return a play of Tautulli's, of a film, as columns of its three tables."""
    return {
        "id": id_,
        "started": started,
        "stopped": started + seconds + fields.get("paused_counter", 0),
        "rating_key": 100,
        "user_id": 7,
        "user": "ann",
        "ip_address": "10.0.0.7",
        "paused_counter": 0,
        "player": "Living room",
        "product": "Plex for LG",
        "media_type": "movie",
        "title": "Detour",
        "year": 1945,
        "guid": "com.plexapp.agents.imdb://tt0037638?lang=en",
        "duration": 4_000_000,
        "transcode_decision": "direct play",
        **fields,
    }


def write_tautulli(path: Path, plays: Iterable[Row], mode: str = "delete") -> Path:
    """Write a database, or add plays to one."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"pragma journal_mode = {mode}")
        if not connection.execute("select 1 from sqlite_master").fetchall():
            connection.executescript(TAUTULLI)
        for play in plays:
            insert_play(connection, play)
        connection.commit()
    return path


def insert_play(connection: sqlite3.Connection, play: Row) -> None:
    """Add a play to a database that is open."""
    for table in ("session_history", "session_history_metadata", "session_history_media_info"):
        known = [name for _, name, *_ in connection.execute(f"pragma table_info({table})")]
        row = {name: value for name, value in play.items() if name in known}
        marks = ", ".join("?" * len(row))
        connection.execute(f"insert into {table} ({', '.join(row)}) values ({marks})", list(row.values()))
