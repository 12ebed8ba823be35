"""Print an explanation: a table under each heading."""

import sys
from collections.abc import Iterable
from itertools import groupby

from rich.markup import escape
from rich.table import Table

from extract.explain.parts import Part
from extract.run.report import Report


def show(heading: str, parts: Iterable[Part], report: Report) -> None:
    """Print an explanation: as tables on a terminal, elsewhere as lines that are not wrapped."""
    report.say(heading)
    for about, rows in groupby(parts, key=lambda part: part.about):
        cells = [(*_cells(row), row.kind == "total") for row in rows]
        if sys.stdout.isatty():
            report.show(_table(about, cells))
            continue
        report.say(f"\n{about}")
        first, second = max(len(row[0]) for row in cells), max(len(row[1]) for row in cells)
        for part, amount, words, _ in cells:
            report.say(f"  {part:<{first}}  {amount:>{second}}  {words}".rstrip())


def _cells(row: Part) -> tuple[str, str, str]:
    amount = "" if row.amount is None else f"{row.amount:,.10g} {row.unit}".rstrip()
    return ("= " if row.kind == "total" else "") + row.part, amount, row.words


def _table(about: str, cells: list[tuple[str, str, str, bool]]) -> Table:
    table = Table(title=escape(about), title_justify="left", title_style="bold", box=None, pad_edge=False)
    table.show_header = False
    table.add_column(no_wrap=True)
    table.add_column(justify="right", no_wrap=True)
    table.add_column()
    for part, amount, words, is_total in cells:
        table.add_row(escape(part), amount, escape(words), style="bold" if is_total else None)
    return table
