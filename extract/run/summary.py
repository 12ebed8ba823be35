"""What a run tells at its end: the tables and their rows, where they are, and last what failed and why."""

import shlex
import sqlite3
from contextlib import closing
from pathlib import Path

from rich.table import Table

from extract.errors import WarehouseError
from extract.run.dbt import Run
from extract.run.report import Report

FAILURES_SHOWN = 5
WARNINGS_SHOWN = 3
NOTES = {"error": "as before, it failed", "skipped": "as before, what it is made of failed"}


def show_marts(run: Run, database: Path, report: Report) -> None:
    """Show how many rows each table for readers has, and which of them could not be built.

    Raises: WarehouseError if the database cannot be read.
    """
    if not run.marts:
        return
    table = Table("table", box=None, pad_edge=False)
    table.add_column("rows", justify="right")
    table.add_column("")
    try:
        with closing(sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            known = {name for (name,) in connection.execute("select name from sqlite_master")}
            for mart, status in run.marts.items():
                rows = "none yet"
                if mart in known:
                    (count,) = connection.execute(f'select count(*) from "{mart}"').fetchone()
                    rows = f"{count:,}"
                table.add_row(mart, rows, NOTES.get(status, ""))
    except sqlite3.Error as error:
        raise WarehouseError(f"{database}: {error}.") from error
    report.show(table)


def say_where_tables_are(database: Path, report: Report) -> None:
    """Say where the tables are and how to open them."""
    path = str(database.absolute())
    report.say(
        f"\nThe tables are in {path}\n"
        "Open it with anything that reads SQLite, such as DB Browser for SQLite, or\n"
        f"  sqlite3 -box {shlex.quote(path)} 'select * from user_item_stats limit 5'\n"
        "make docs writes what every table and column holds to one HTML file."
    )


def tell_warnings(run: Run, report: Report) -> None:
    """Say in a line what dbt's tests warn of."""
    if run.warnings:
        shown = "; ".join(f"{name} ({message})" for name, message in run.warnings[:WARNINGS_SHOWN])
        more = len(run.warnings) - WARNINGS_SHOWN
        report.complain(f"dbt warns: {shown}{f'; {more:,} more' if more > 0 else ''}")


def tell_failures(run: Run, command: str, log: Path, report: Report) -> None:
    """Keep for the end what failed in dbt and why, and where more is told."""
    lines = [f"dbt {command} failed:"]
    for name, message in run.failures[:FAILURES_SHOWN]:
        first, *others = message.splitlines() or [""]
        lines += [f"  {name}: {first}" if name else f"  {first}", *(f"    {line}" for line in others)]
    if len(run.failures) > FAILURES_SHOWN:
        lines.append(f"  and {len(run.failures) - FAILURES_SHOWN:,} more")
    report.fail("\n".join([*lines, f"dbt's log tells more: {log}"]))
