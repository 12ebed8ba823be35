"""Rows of SQLite as typed rows of other engines, written as CSV.

SQLite takes any value in any column, and any bytes as a text. A value that other engines do not take does not stop a
shipment: it is replaced, and counted.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from io import StringIO
from typing import Any

from extract.landing.raw_tables import RawTable

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
# Texts are quoted and this is not, so that a text of this word is another thing.
NULL = float("nan")
NULL_WORD = "nan"
LONE_SURROGATE = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")


class Decoder:
    """Decodes stored bytes; U+FFFD replaces what is not UTF-8. `mended`: how many texts that changed."""

    def __init__(self) -> None:
        self.mended = 0

    def __call__(self, stored: bytes) -> str:
        """Return the text."""
        try:
            return stored.decode()
        except UnicodeDecodeError:
            self.mended += 1
            # NUL as well, so that the text is not counted once more.
            return decoded(stored).replace("\0", REPLACEMENT)


def decoded(stored: bytes) -> str:
    """Return bytes as a text. U+FFFD replaces what is not UTF-8, and also a lone surrogate."""
    return LONE_SURROGATE.sub(REPLACEMENT.encode(), stored).decode(errors="replace")


@dataclass
class Losses:
    """Counts of the values of a table that were not shipped as they are stored.

    `decoder` and `with_nul` count texts whose characters were replaced; `misfits`, by column, values of another type.
    """

    decoder: Decoder = field(default_factory=Decoder)
    with_nul: int = 0
    misfits: Counter[str] = field(default_factory=Counter)

    @property
    def texts(self) -> int:
        """Return how many texts had characters replaced."""
        return self.decoder.mended + self.with_nul


def is_text(table: RawTable, column: str) -> bool:
    """Tell whether a column holds texts; otherwise it holds integers of 64 bits."""
    return table.columns[column].startswith("text")


def csv_chunks(
    table: RawTable, batches: Iterable[Sequence[Sequence[Any]]], losses: Losses
) -> Iterator[tuple[int, bytes]]:
    """Yield each batch of a table's rows as CSV, without a header, and how many rows it has.

    UTF-8 without NUL. Texts are in double quotes, null is `nan` without them.
    """
    for batch in batches:
        columns = [
            _fitted(values, column, losses, text=is_text(table, column))
            for column, values in zip(table.columns, zip(*batch, strict=True), strict=True)
        ]
        chunk = _encoded(columns)
        if b"\0" in chunk:
            chunk = _encoded([_without_nul(values, losses) for values in columns])
        yield len(batch), chunk


def _fitted(values: Sequence[Any], column: str, losses: Losses, *, text: bool) -> Sequence[Any]:
    """Return values of one column, all of its type or `NULL`."""
    wanted = str if text else int
    kinds = set(map(type, values))
    if kinds <= {wanted}:
        return values
    if kinds <= {wanted, type(None)}:
        return [NULL if value is None else value for value in values]
    misfits = [value for value in values if value is not None and type(value) is not wanted]
    losses.misfits[column] += len(misfits)
    return [
        NULL if value is None else value if type(value) is wanted else _forced(value, text=text) for value in values
    ]


def _forced(value: Any, *, text: bool) -> Any:
    """Return a value in the type of its column: anything can be a text, and what is not an integer is null."""
    if not text:
        return NULL
    return decoded(value) if isinstance(value, bytes) else str(value)


def _without_nul(values: Sequence[Any], losses: Losses) -> Sequence[Any]:
    with_nul = sum("\0" in value for value in values if isinstance(value, str))
    losses.with_nul += with_nul
    if not with_nul:
        return values
    return [value.replace("\0", REPLACEMENT) if isinstance(value, str) else value for value in values]


def _encoded(columns: Sequence[Sequence[Any]]) -> bytes:
    text = StringIO()
    csv.writer(text, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\n").writerows(zip(*columns, strict=True))
    return text.getvalue().encode()
