"""The raw tables as Parquet files, written by DuckDB: a folder a table in a snapshot of `folder.py`.

Of an append-only table the files of the snapshot before are linked, and only rows that it lacks are written.
"""

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import duckdb

from extract.errors import ShipError
from extract.landing.raw_tables import RAW_TABLES, RawTable
from extract.shipping.folder import next_snapshot
from extract.shipping.loads import Loads, lacking, loads_sql
from extract.shipping.shipped import OnRows, Shipped
from extract.shipping.snapshot import Snapshot
from extract.shipping.values import NULL_WORD, csv_chunks, is_text

# Of the CSV that becomes one file of a tenth of that.
PART_BYTES = 64_000_000
# A file a night: from so many on, a table is written anew into few.
MOST_PARTS = 60
# Nothing is downloaded, and nothing is put aside in the folder in which the program was started.
SETTINGS: dict[str, Any] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "temp_directory": "",
}


def ship_to_folder(snapshot: Snapshot, folder: Path, on_rows: OnRows, *, full_refresh: bool) -> list[Shipped]:
    """Write every raw table of a snapshot into a folder, where they become the current ones all at once.

    Raises: ShipError if the folder holds something else, is in use or cannot be written, WarehouseError if the database
    cannot be read.
    """
    with closing(duckdb.connect(config=SETTINGS)) as engine, next_snapshot(folder) as (filling, current, number):
        try:
            tables = _Tables(engine, snapshot, None if full_refresh else current, filling, number, on_rows)
            return [tables.write(table) for table in RAW_TABLES]
        except RuntimeError as error:
            # A signal that comes while DuckDB works, which reports it as an error of its own.
            if isinstance(error.__cause__, SystemExit | KeyboardInterrupt):
                raise error.__cause__ from None
            raise
        except duckdb.Error as error:
            raise ShipError(f"{folder} cannot be written: {' '.join(str(error).split()).rstrip('.')}.") from error


@dataclass(frozen=True)
class _Tables:
    """Writes tables of a snapshot into `filling`, the folder that becomes the snapshot of this number.

    `current`: the one before, to build on; None to write everything.
    """

    engine: duckdb.DuckDBPyConnection
    snapshot: Snapshot
    current: Path | None
    filling: Path
    number: int
    on_rows: OnRows

    def write(self, table: RawTable) -> Shipped:
        """Write a table, and return what became of it."""
        shipped, loads = Shipped(table, rows=self.snapshot.count(table)), None
        target = self.filling / table.name
        target.mkdir(mode=0o700)
        if table.when_missing == "append_only" and self.current is not None:
            parts = sorted((self.current / table.name).glob("*.parquet"))
            loads = self._lacking_in(parts, table)
            shipped.is_healed = loads is None
            if len(parts) >= MOST_PARTS:
                loads = None
            for part in parts if loads is not None else ():
                _link(part, target / part.name)
        for name, rows_csv, longest in self._parts(table, loads, target, shipped):
            self._pack(table, rows_csv, longest, name)
        return shipped

    def _lacking_in(self, parts: Sequence[Path], table: RawTable) -> set[int | None] | None:
        """Return the loads that files lack; None if they are not those that would be written today."""
        if not parts:
            return None
        try:
            relation = self.engine.read_parquet([str(part) for part in parts])
            if relation.columns != list(table.columns):
                return None
            self.engine.register("held", relation)
            rows = self.engine.execute(loads_sql("held")).fetchall()
        except duckdb.Error:
            return None
        held: Loads = {load: (count_, *times) for load, count_, *times in rows}
        return lacking(self.snapshot.loads(table), held)

    def _parts(
        self, table: RawTable, loads: set[int | None] | None, target: Path, shipped: Shipped
    ) -> Iterator[tuple[Path, Path, int]]:
        """Yield the file that is to be written, the CSV that belongs there, and how long a line of it may be."""
        names = (target / f"{self.number:06}-{index:04}.parquet" for index in count(1))
        rows_csv = target / "rows.csv"
        batches = self.snapshot.batches(table, shipped.losses.decoder, loads)
        with rows_csv.open("wb") as file:
            longest = 0
            for rows, chunk in csv_chunks(table, batches, shipped.losses):
                file.write(chunk)
                longest = max(longest, len(chunk))
                shipped.copied += rows
                self.on_rows(rows)
                if file.tell() >= PART_BYTES:
                    file.flush()
                    yield next(names), rows_csv, longest
                    file.seek(0)
                    file.truncate()
                    longest = 0
            file.flush()
            # A table without a row has a file too: a reader learns the columns from it.
            if file.tell() or not any(target.glob("*.parquet")):
                yield next(names), rows_csv, longest
        rows_csv.unlink()

    def _pack(self, table: RawTable, rows_csv: Path, longest: int, part: Path) -> None:
        """Write CSV as Parquet."""
        columns = {name: "varchar" if is_text(table, name) else "bigint" for name in table.columns}
        self.engine.execute(
            "copy (select * from read_csv(?, columns = ?, auto_detect = false, header = false, delim = ',', "
            "quote = '\"', escape = '\"', new_line = '\\n', nullstr = ?, allow_quoted_nulls = false, "
            f"max_line_size = ?)) to '{_quoted(part)}' (format parquet, compression zstd)",
            [str(rows_csv), columns, NULL_WORD, longest + 1],
        )


def _link(part: Path, target: Path) -> None:
    try:
        target.hardlink_to(part)
    except OSError:
        # Not every file system has hard links.
        shutil.copyfile(part, target)


def _quoted(path: Path) -> str:
    return os.fspath(path).replace("'", "''")
