"""What SQL cannot compute about names: Unicode lower case, and a CRC."""

import zlib
from collections.abc import Iterable, Iterator
from typing import Any

Row = dict[str, Any]


def names_in(item: dict[str, Any]) -> Iterator[str]:
    """Yield every genre and tag name of a BaseItemDto, as spelled there; what is no text is no name."""
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
    """Yield the rows of `raw_name_spellings`."""
    for spelling in sorted(set(spellings)):
        yield {"spelling": spelling, "name": spelling.lower()}
