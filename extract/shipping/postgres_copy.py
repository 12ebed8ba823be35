"""COPY by psycopg2, with workarounds for two faults: it hides what signal handlers raise, and prints errors."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg2
from psycopg2.extensions import cursor as Cursor  # noqa: N812 - a class, whatever its name

from extract.landing.raw_tables import RawTable
from extract.shipping.postgres_tables import SCHEMA
from extract.shipping.values import NULL_WORD


def copy_rows(cursor: Cursor, table: RawTable, chunks: Iterator[bytes]) -> None:
    """Append rows, which come as CSV, to a table.

    Raises: psycopg2.Error as the server does, and what `chunks` raises.
    """
    statement = f"copy {SCHEMA}.{table.name} ({', '.join(table.columns)}) from stdin (format csv, null '{NULL_WORD}')"
    with _noted_signals() as noted:
        stream = _Stream(chunks, noted)
        try:
            with _unprinted():
                # No chunk is shorter; how long one is, the stream decides.
                cursor.copy_expert(statement, stream, size=1)
        except psycopg2.Error:
            # What happened while rows were read, psycopg2 reports as an error of its own.
            if stream.error is not None:
                raise stream.error from None
            raise


class _Stream:
    """Chunks as a file for psycopg2, until a signal comes. `error`: what ended them early."""

    def __init__(self, chunks: Iterator[bytes], noted: list[int]) -> None:
        self._chunks = chunks
        self._noted = noted
        self.error: BaseException | None = None

    def read(self, _: int = -1) -> bytes:
        """Return the next chunk, of any length; nothing at the end."""
        if self._noted:
            raise InterruptedError
        try:
            return next(self._chunks, b"")
        except BaseException as error:
            self.error = error
            raise

    def readline(self, _: int = -1) -> bytes:
        """Exist, because psycopg2 checks that a file has this method. It is not called."""
        raise NotImplementedError


@contextmanager
def _noted_signals() -> Iterator[list[int]]:
    """Defer signals: yield a list to which they are appended, and raise the first of them again after the block.

    psycopg2 would replace what a handler raises in a callback by an error of its own.
    """
    noted: list[int] = []
    usual = {
        number: signal.signal(number, lambda number, _: noted.append(number))
        for number in (signal.SIGINT, signal.SIGTERM)
        if callable(signal.getsignal(number))
    }
    try:
        yield noted
    finally:
        for number, handler in usual.items():
            signal.signal(number, handler)
        if noted:
            signal.raise_signal(noted[0])


@contextmanager
def _unprinted() -> Iterator[None]:
    """Suppress the traceback of an error that is not raised.

    If the server goes away in the middle of rows, psycopg2 meets two errors. It raises one, and has Python print the
    other with its traceback.
    """
    usual, sys.excepthook = sys.excepthook, lambda *_: None
    try:
        yield
    finally:
        sys.excepthook = usual
