"""Rows of a backup of Jellystat, which recorded an Emby server: in either of its formats, and in bounded memory."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from extract.progress import Progress
from extract.sources.json_answer import as_json
from extract.sources.json_stream import JsonStream
from extract.sources.row_hash import hash_of

Row = dict[str, Any]

WANTED = "a backup of Jellystat (Settings, Backup): backup_....json, or .jsonl from 1.1.12 on"
# Those that tell of viewing, or of what was viewed. The rest are Jellystat's own settings, keys among them.
TABLES = frozenset(
    {
        "jf_libraries",
        "jf_library_items",
        "jf_library_seasons",
        "jf_library_episodes",
        "jf_users",
        "jf_playback_activity",
        "jf_playback_reporting_plugin_data",
        "jf_item_info",
    }
)


def iter_jellystat(path: Path, progress: Progress) -> Iterator[Row]:
    """Yield the rows of a backup's tables, as received.

    Shape: the received columns of `raw_jellystat_rows`. Units: as Jellystat has them: seconds, UTC.
    Raises: FileRefusedError if the file is none of Jellystat's, or broken, or cut off.
    Source: Jellystat's backup; up to 1.1.11 an array of tables, from then on a row a line.
    """
    with JsonStream(path, WANTED) as stream:
        match stream.peek():
            case "[":
                rows = _iter_array(stream)
            case "{":
                rows = _iter_lines(stream)
            case "":
                raise stream.refused("is empty")
            case _:
                raise stream.refused("is not JSON")
        read, is_jellystat = 0, False
        for table, row in rows:
            if table not in TABLES:
                continue
            is_jellystat = True
            if row is None:
                continue
            if not isinstance(row, dict):
                progress.reject(f"a row of {table} was expected, and {as_json(row):.40} came")
                continue
            yield {"table_name": table, "row_hash": hash_of(row), "payload": as_json(row)}
            read += 1
            if read % 1_000 == 0:
                progress.advance(read, None, "rows")
        if not is_jellystat:
            raise stream.refused("is JSON, but has no table of Jellystat's")
        progress.advance(read, None, "rows")


def _iter_array(stream: JsonStream) -> Iterator[tuple[str, Any]]:
    """Yield table and row of `[{"jf_users": [...]}, ...]`; a table alone, with None, where it begins."""
    for _ in _iter_members(stream, "[", "]"):
        for _ in _iter_members(stream, "{", "}"):
            table = stream.value()
            stream.take(":")
            if table not in TABLES:
                _pass(stream)
                continue
            yield table, None
            for _ in _iter_members(stream, "[", "]"):
                yield table, stream.value()
    if stream.peek():
        raise stream.broken()


def _pass(stream: JsonStream) -> None:
    """Skip a value, row by row where it has rows."""
    if stream.peek() == "[":
        for _ in _iter_members(stream, "[", "]"):
            stream.value()
    else:
        stream.value()


def _iter_members(stream: JsonStream, opening: str, closing: str) -> Iterator[None]:
    """Yield before each member of an array or object. The caller has to read the member before it asks for the next."""
    stream.take(opening)
    end = stream.take(closing) if stream.peek() == closing else ","
    while end == ",":
        yield
        end = stream.take(",", closing)


def _iter_lines(stream: JsonStream) -> Iterator[tuple[str, Any]]:
    """Yield table and row of lines such as `{"type": "row", "table": "jf_users", "data": {...}}`."""
    while stream.peek():
        line = stream.value()
        table = line.get("table") if isinstance(line, dict) else None
        kind = line.get("type") if isinstance(line, dict) else None
        if not isinstance(table, str) or kind not in {"table", "row"}:
            raise stream.refused("is JSON, but none of Jellystat's: each line should be a table or a row of one")
        yield table, line.get("data") if kind == "row" else None
