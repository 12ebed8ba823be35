"""Genre and tag names of items, with what SQL cannot compute of them: Unicode lower case, and CRC-32."""

import zlib
from collections.abc import Iterable, Iterator
from typing import Any

Row = dict[str, Any]


def names_in(item: dict[str, Any]) -> Iterator[str]:
    """Yield every genre and tag name of a BaseItemDto, as spelled there. What is not a text is passed over."""
    for field in ("Genres", "GenreItems", "Tags", "TagItems"):
        entries = item.get(field)
        for entry in entries if isinstance(entries, list) else ():
            name = entry.get("Name") if isinstance(entry, dict) else entry
            if isinstance(name, str):
                # SQLite reads a text up to its first NUL.
                spelling, *_ = name.split("\0")
                if spelling:
                    yield spelling


def iter_hashes(spellings: Iterable[str]) -> Iterator[Row]:
    """Yield the rows of `raw_name_hashes`: CRC-32 of the lower-cased UTF-8 name, in 31 bits."""
    for name in sorted({spelling.lower() for spelling in spellings}):
        yield {"name": name, "hash_id": zlib.crc32(name.encode()) & 0x7FFFFFFF}


def iter_spellings(spellings: Iterable[str]) -> Iterator[Row]:
    """Yield the rows of `raw_name_spellings`: each spelling, and its lower-cased name."""
    for spelling in sorted(set(spellings)):
        yield {"spelling": spelling, "name": spelling.lower()}
