"""The raw tables in PostgreSQL, in a schema of their own: all that a shipment changes there is one transaction."""

from collections.abc import Iterator
from contextlib import closing, suppress
from typing import Any

import psycopg2
from psycopg2.extensions import connection as Connection  # noqa: N812 - a class, whatever its name
from psycopg2.extensions import cursor as Cursor  # noqa: N812 - the same
from psycopg2.extensions import set_wait_callback
from psycopg2.extras import wait_select

from extract.errors import ShipError
from extract.landing.raw_tables import RAW_TABLES, RawTable
from extract.shipping.loads import lacking, loads_sql
from extract.shipping.postgres_address import name_of, read_address
from extract.shipping.postgres_copy import copy_rows
from extract.shipping.postgres_tables import SCHEMA, drop_set_aside, make_schema, prepare
from extract.shipping.shipped import OnRows, Shipped
from extract.shipping.snapshot import Snapshot
from extract.shipping.values import csv_chunks

# A server that is gone without a word is noticed after a minute. The address may say otherwise.
CONNECTION: dict[str, Any] = {
    "connect_timeout": 10,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 60_000,
    "application_name": "emby-elt",
    "client_encoding": "UTF8",
}
# Nobody but another shipment writes here, and readers are in nobody's way.
LOCK_TIMEOUT = "60s"
# Any number, and always the same.
LOCK = 0x656D6279


def ship_to_postgres(snapshot: Snapshot, address: str, on_rows: OnRows, *, full_refresh: bool) -> list[Shipped]:
    """Copy every raw table of a snapshot to a server, where they are seen all at once.

    Raises: SettingsError if the address is none, ShipError if the server cannot be reached or written to or another
    shipment is at work there, WarehouseError if the database cannot be read.
    """
    parts = read_address(address)
    name = name_of(parts)
    try:
        options = {key: value for key, value in CONNECTION.items() if key not in parts}
        connection = psycopg2.connect(address, cursor_factory=_Cursor, **options)
    except psycopg2.Error as error:
        raise ShipError(f"The {name} cannot be reached: {_in_a_line(error)}.{_hint(error)}") from None
    is_sent = False
    # Closing a connection rolls back what was not committed, even if the server is gone.
    with closing(connection):
        try:
            with connection.cursor() as cursor:
                _begin(cursor, name)
                shipped = [
                    _ship_table(cursor, snapshot, table, on_rows, full_refresh=full_refresh) for table in RAW_TABLES
                ]
            is_sent = True
            connection.commit()
        except psycopg2.Error as error:
            raise ShipError(f"The {name} {_fate(connection, is_sent=is_sent)}: {_in_a_line(error)}.") from error
    return shipped


def _begin(cursor: Cursor, name: str) -> None:
    cursor.execute("show server_encoding")
    (encoding,) = cursor.fetchone() or ("",)
    if encoding != "UTF8":
        raise ShipError(
            f"The {name} has the encoding {encoding}, which lacks letters that titles have. Take a database with UTF8."
        )
    cursor.execute("select set_config('lock_timeout', %s, true)", [LOCK_TIMEOUT])
    cursor.execute("select pg_try_advisory_xact_lock(%s)", [LOCK])
    if cursor.fetchone() != (True,):
        raise ShipError(f"Another ship to the {name} is at work. Wait for it to end.")
    make_schema(cursor)


def _ship_table(cursor: Cursor, snapshot: Snapshot, table: RawTable, on_rows: OnRows, *, full_refresh: bool) -> Shipped:
    shipped, loads = Shipped(table, rows=snapshot.count(table)), None
    drop_set_aside(cursor, table)
    is_as_declared = prepare(cursor, table)
    if table.when_missing == "append_only" and is_as_declared and not full_refresh:
        cursor.execute(loads_sql(f"{SCHEMA}.{table.name}"))
        held = {load: (rows, *times) for load, rows, *times in cursor}
        loads = lacking(snapshot.loads(table), held)
        shipped.is_healed = loads is None
    if loads is None:
        # Not truncated, which readers would wait for, and of which a reader with an older snapshot would see nothing.
        cursor.execute(f"delete from {SCHEMA}.{table.name}")
    copy_rows(cursor, table, _chunks(snapshot, table, loads, shipped, on_rows))
    # The planner knows nothing of new rows, and a join of a second takes minutes.
    cursor.execute(f"analyze {SCHEMA}.{table.name}")
    return shipped


def _chunks(
    snapshot: Snapshot, table: RawTable, loads: set[int | None] | None, shipped: Shipped, on_rows: OnRows
) -> Iterator[bytes]:
    for rows, chunk in csv_chunks(table, snapshot.batches(table, shipped.losses.decoder, loads), shipped.losses):
        shipped.copied += rows
        on_rows(rows)
        yield chunk


class _Cursor(Cursor):
    """A cursor whose statements a signal ends, instead of waiting for as long as the server works or waits itself."""

    def execute(self, query: Any, vars: Any = None) -> None:  # noqa: A002 - psycopg2 calls it so
        """Execute a statement."""
        # Not for the whole connection: COPY cannot be waited for in this way, and need not be.
        set_wait_callback(_wait)
        try:
            super().execute(query, vars)
        finally:
            set_wait_callback(None)


def _wait(connection: Connection) -> None:
    try:
        wait_select(connection)
    except BaseException:
        # Otherwise the server would go on, and notice only then that nobody is there.
        with suppress(psycopg2.Error):
            connection.cancel()
        raise


def _in_a_line(error: psycopg2.Error) -> str:
    return " ".join((error.diag.message_primary or str(error)).split()).rstrip(".")


def _fate(connection: Connection, *, is_sent: bool) -> str:
    if is_sent and connection.closed:
        # The answer may be what was lost, and not the rows.
        return "was sent everything, and the connection was lost before it said that it keeps it. Ship once more"
    return f"is as it was, because {'the connection was lost' if connection.closed else 'of this'}"


def _hint(error: psycopg2.Error) -> str:
    return " The password belongs into PGPASSWORD or ~/.pgpass." if "password" in str(error) else ""
