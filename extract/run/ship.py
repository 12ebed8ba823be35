"""`ship`: copy the raw tables to PostgreSQL or to a folder of Parquet, and report what was copied."""

import re
from pathlib import Path

from rich.table import Table

from extract.errors import SettingsError, ShipError
from extract.landing.paths import expand_home
from extract.run.report import Report
from extract.shipping.shipped import OnRows, Shipped
from extract.shipping.snapshot import Snapshot, snapshot_of
from extract.shipping.values import is_text

POSTGRES = re.compile(r"postgres(ql)?://", re.IGNORECASE)
# Of something else, or mistyped: a password in it is not to become the name of a folder.
ADDRESS = re.compile(r".*(://|:.*@|@.*:)")


def ship(target: str, database: Path, report: Report, *, full_refresh: bool) -> None:
    """Copy the raw tables of a database to a target: the address of a PostgreSQL database, or a folder.

    `full_refresh`: also those rows that the target has. Reports what was copied, and values that do not fit.
    Raises: SettingsError if the target is neither, ShipError if it cannot be written or its driver is not installed,
    WarehouseError if the database cannot be read. After an error the target is as it was before.
    """
    if not _is_utf8(target):
        raise SettingsError("The target's name holds bytes that are no UTF-8. Choose another name.")
    send = _to_postgres if POSTGRES.match(target) else _to_folder
    with report.progress_of("ship") as bar, snapshot_of(database) as snapshot:
        done = 0

        def on_rows(rows: int) -> None:
            nonlocal done
            done += rows
            bar.advance(done, None, "rows")

        tables = send(target, snapshot, on_rows, full_refresh=full_refresh)
    _tell(tables, report)


def _to_postgres(target: str, snapshot: Snapshot, on_rows: OnRows, *, full_refresh: bool) -> list[Shipped]:
    try:
        from extract.shipping.postgres import ship_to_postgres  # noqa: PLC0415 - the driver is not always installed
    except ImportError as error:
        raise _no_driver("PostgreSQL", "postgres", error) from error
    return ship_to_postgres(snapshot, target, on_rows, full_refresh=full_refresh)


def _to_folder(target: str, snapshot: Snapshot, on_rows: OnRows, *, full_refresh: bool) -> list[Shipped]:
    if ADDRESS.match(target):
        raise SettingsError(
            "The target is neither the address of a PostgreSQL database, which begins with postgresql://, nor the path "
            "of a folder."
        )
    try:
        from extract.shipping.parquet import ship_to_folder  # noqa: PLC0415 - the same
    except ImportError as error:
        raise _no_driver("a folder of Parquet", "duckdb", error) from error
    return ship_to_folder(snapshot, Path(expand_home(target)), on_rows, full_refresh=full_refresh)


def _no_driver(target: str, extra: str, error: ImportError) -> ShipError:
    return ShipError(
        f"Shipping to {target} needs a package that is not installed ({error}): make install-{extra}, or "
        f"pip install 'emby-elt[{extra}]'."
    )


def _tell(tables: list[Shipped], report: Report) -> None:
    for shipped in tables:
        name, losses = shipped.table.name, shipped.losses
        if shipped.is_healed:
            report.complain(f"{name}: the target held other rows than the database: all were copied again.")
        if losses.texts:
            report.complain(
                f"{name}: {losses.texts:,} texts hold NUL or bytes that are no UTF-8: shipped with U+FFFD there."
            )
        for column, misfits in losses.misfits.items():
            report.complain(f"{name}: {misfits:,} values of {column} {_fate(shipped, column)}")
    table = Table("table", box=None, pad_edge=False)
    for heading in ("rows", "copied"):
        table.add_column(heading, justify="right")
    for shipped in tables:
        table.add_row(shipped.table.name, f"{shipped.rows:,}", f"{shipped.copied:,}")
    report.show(table)


def _fate(shipped: Shipped, column: str) -> str:
    if is_text(shipped.table, column):
        return "are no texts: their bytes were shipped as such."
    return "are no integers of 64 bits: null was shipped in their place."


def _is_utf8(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
