"""What a build prints at its end: the tables and their rows, where they are, and last what failed and why."""

import shlex
import sqlite3
from contextlib import closing
from pathlib import Path

from rich.markup import escape
from rich.table import Table

from extract.errors import WarehouseError
from extract.run.dbt import Run
from extract.run.report import Report

FAILURES_SHOWN = 5
WARNINGS_SHOWN = 3
SCENARIO_LINES_SHOWN = 24
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
            known = dict(connection.execute("select name, type from sqlite_master"))
            for mart, status in run.marts.items():
                rows, note = "none yet", NOTES.get(status, "")
                if known.get(mart) == "view":
                    # Counting its rows would be making them.
                    rows, note = "", note or "a view"
                elif mart in known:
                    (count,) = connection.execute(f'select count(*) from "{mart}"').fetchone()
                    rows = f"{count:,}"
                table.add_row(mart, rows, note)
    except sqlite3.Error as error:
        raise WarehouseError(f"{database}: {error}.") from error
    report.show(table)


def show_scenarios(database: Path, report: Report) -> None:
    """Show how many viewings, and completed sessions, each scenario counts, by person and month, the last months first.

    Raises: WarehouseError if the database cannot be read.
    """
    counted: dict[tuple[str, str], dict[str, str]] = {}
    try:
        with closing(sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            rows = connection.execute(
                "select month, user_name, scenario, "
                "sum(viewing_count) || ' (' || sum(completed_session_count) || ')' from outcomes_by_scenario "
                "group by month, user_name, scenario order by month desc, user_name, scenario"
            ).fetchall()
    except sqlite3.Error as error:
        raise WarehouseError(f"{database}: {error}.") from error
    for month, user, scenario, count in rows:
        counted.setdefault((month, user), {})[scenario] = count
    scenarios = sorted({scenario for _, _, scenario, _ in rows}, key=lambda name: (name != "this_project", name))
    table = Table("month", "who", box=None, pad_edge=False)
    for scenario in scenarios:
        table.add_column(escape(scenario), justify="right")
    for (month, user), counts in list(counted.items())[:SCENARIO_LINES_SHOWN]:
        table.add_row(month, escape(user), *(counts.get(scenario, "") for scenario in scenarios))
    report.say(
        "Completed viewings, and in parentheses completed sessions, as each scenario of "
        "dbt_project/seeds/threshold_scenarios.csv counts them:"
    )
    report.show(table)
    if len(counted) > SCENARIO_LINES_SHOWN:
        earlier = len(counted) - SCENARIO_LINES_SHOWN
        report.say(f"{earlier:,} earlier lines, and the outcomes of sessions: the table outcomes_by_scenario.")


def say_where_tables_are(database: Path, report: Report) -> None:
    """Print where the tables are and how to open them."""
    path = str(database.absolute())
    report.say(
        f"\nThe tables are in {path}\n"
        "Open it with anything that reads SQLite, such as DB Browser for SQLite, or\n"
        f"  sqlite3 -box {shlex.quote(path)} 'select * from user_item_stats limit 5'\n"
        "make docs writes what every table and column holds to one HTML file."
    )


def tell_warnings(run: Run, report: Report) -> None:
    """Print the warnings of dbt's tests, in one line."""
    if run.warnings:
        shown = "; ".join(f"{name} ({message})" for name, message in run.warnings[:WARNINGS_SHOWN])
        more = len(run.warnings) - WARNINGS_SHOWN
        report.complain(f"dbt warns: {shown}{f'; {more:,} more' if more > 0 else ''}")


def tell_failures(run: Run, command: str, log: Path, report: Report) -> None:
    """Keep for the end what failed in dbt and why, and the path of dbt's log."""
    lines = [f"dbt {command} failed:"]
    for name, message in run.failures[:FAILURES_SHOWN]:
        first, *others = message.splitlines() or [""]
        lines += [f"  {name}: {first}" if name else f"  {first}", *(f"    {line}" for line in others)]
    if len(run.failures) > FAILURES_SHOWN:
        lines.append(f"  and {len(run.failures) - FAILURES_SHOWN:,} more")
    report.fail("\n".join([*lines, f"dbt's log tells more: {log}"]))
