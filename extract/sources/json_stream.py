"""Read a JSON text of any size value by value, in bounded memory."""

import json
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from extract.errors import FileRefusedError

CHUNK = 1 << 20
# A single row: the longest ones met are some hundred kilobytes.
LONGEST_VALUE = 32 << 20
WHITESPACE = " \t\r\n"


class JsonStream:
    """A JSON text in a file, read from its beginning to its end. Use it as a context manager.

    Bytes that are not UTF-8 become replacement characters; NaN and Infinity, which JSON does not have, become texts.
    Raises, in every method: FileRefusedError if the text is not JSON or ends too early.
    """

    def __init__(self, path: Path, what: str) -> None:
        """Open a file. `what`: what it should be, for messages."""
        self._path, self._what = path, what
        self._decoder = json.JSONDecoder(parse_constant=str, strict=False)
        self._text, self._at, self._passed, self._has_ended = "", 0, 0, False
        try:
            self._file = path.open(encoding="utf-8-sig", errors="replace")
        except OSError as error:
            raise FileRefusedError(f"{path} cannot be read: {error.strerror}. Name {what}.") from error

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Close the file."""
        self._file.close()

    def peek(self) -> str:
        """Return the next character that is not white space, without passing it; an empty text at the end."""
        while True:
            while self._at < len(self._text):
                if self._text[self._at] not in WHITESPACE:
                    return self._text[self._at]
                self._at += 1
            if not self._fill():
                return ""

    def take(self, *expected: str) -> str:
        """Return the next character that is not white space, and pass it. It has to be one of these."""
        found = self.peek()
        if found not in expected:
            raise self.broken()
        self._at += 1
        return found

    def value(self) -> Any:
        """Return the JSON value that begins here, and pass it."""
        self.peek()
        while True:
            try:
                value, end = self._decoder.raw_decode(self._text, self._at)
            except RecursionError:
                raise self.refused(f"is nested too deep at character {self._where():,}") from None
            except ValueError:
                if len(self._text) - self._at > LONGEST_VALUE or not self._fill():
                    raise self.broken() from None
                continue
            # A number or word that ends where the chunk does may go on.
            if end < len(self._text) or self._text[end - 1] in '"]}' or not self._fill():
                self._at = end
                return value

    def broken(self) -> FileRefusedError:
        """Return the error for a text that is not JSON here, or that ends too early."""
        if not self._file.closed and self._has_ended and not self._text[self._at :].strip(WHITESPACE):
            return self.refused("ends in the middle: it was cut off")
        if self._has_ended:
            return self.refused(f"is no whole JSON: it breaks off or is broken from character {self._where():,} on")
        return self.refused(f"is not JSON from character {self._where():,} on")

    def refused(self, why: str) -> FileRefusedError:
        """Return the error that says why nothing of this file was loaded."""
        return FileRefusedError(f"{self._path} {why}. Nothing was loaded. Name {self._what}.")

    def _where(self) -> int:
        return self._passed + self._at + 1

    def _fill(self) -> bool:
        """Read the next piece of the file, drop what was passed, and return whether there was more."""
        try:
            more = self._file.read(CHUNK)
        except OSError as error:
            raise self.refused(f"cannot be read: {error.strerror}") from error
        self._passed += self._at
        self._text, self._at = self._text[self._at :] + more, 0
        self._has_ended = not more
        return bool(more)
