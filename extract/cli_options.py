"""The options of the command line, by name, and what their values may be."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from extract.errors import SettingsError
from extract.landing.paths import expand_home
from extract.run.job import A_THIRD, Options, RemovalLimit

DEFAULTS = Options()

Command = TypeVar("Command", bound=Callable[..., Any])


class RemovalLimitType(click.ParamType[RemovalLimit]):
    """The type of an option that is a share, such as 0.3 or 30%, or a number of items."""

    name = "share or number"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> RemovalLimit:
        """Return the limit that the user wrote; click reports what is none."""
        if isinstance(value, RemovalLimit):
            return value
        try:
            if str(value).endswith("%"):
                limit = RemovalLimit(float(str(value)[:-1]) / 100, is_share=True)
            elif str(value).isdecimal():
                return RemovalLimit(int(value), is_share=False)
            else:
                limit = RemovalLimit(float(value), is_share=True)
        except ValueError:
            self.fail(f"{value!r} is neither a share such as 0.3 or 30% nor a number of items.", param, ctx)
        if not 0 <= limit.limit <= 1:
            self.fail(f"{value!r}: a share lies between 0 and 1, or 0% and 100%.", param, ctx)
        return limit


class PathType(click.ParamType[Path]):
    """The type of an option or argument that is a path; `~` at its beginning is the home folder."""

    name = "path"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """Return the path that the user wrote; click reports what is none."""
        try:
            return Path(expand_home(str(value)))
        except SettingsError as error:
            self.fail(str(error), param, ctx)


OPTIONS = {
    "days": click.option(
        "--days",
        type=click.IntRange(1, 36_500),
        default=DEFAULTS.days,
        show_default=True,
        help="How many days back the playlist is read. A query reads all that the plugin has.",
    ),
    "page_size": click.option(
        "--page-size",
        type=click.IntRange(1, 10_000),
        default=DEFAULTS.page_size,
        show_default=True,
        help="How many items or users an answer of the server may hold.",
    ),
    "full_refresh": click.option(
        "--full-refresh", is_flag=True, help="Read everything again, not only what can have changed."
    ),
    "history_source": click.option(
        "--history-source",
        type=click.Choice(["auto", "query", "playlist"]),
        default=DEFAULTS.history_source,
        show_default=True,
        help="How to read events: by a query, which tells more, or by the playlist, which every server answers.",
    ),
    "max_removals": click.option(
        "--max-removals",
        type=RemovalLimitType(),
        default=A_THIRD,
        show_default="a third",
        help="How many items or genres may be removed at once.",
    ),
    "database": click.option(
        "--database",
        type=PathType(),
        help="The SQLite file.  [default: WAREHOUSE_PATH, else data/emby_elt.db]",
    ),
    "quiet": click.option("--quiet", is_flag=True, help="Print only errors."),
    "verbose": click.option("--verbose", is_flag=True, help="Print every request."),
}


def options_of(*names: str) -> Callable[[Command], Command]:
    """Add options to a command, in this order."""

    def add(command: Command) -> Command:
        for name in reversed(names):
            command = OPTIONS[name](command)
        return command

    return add
