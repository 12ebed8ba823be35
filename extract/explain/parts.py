"""Compile the analyses `explain_*` of dbt_project/analyses by dbt, and run them on the database."""

import json
import os
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from extract.errors import ExtractError, SettingsError
from extract.explain.chosen import Chosen
from extract.run.dbt import environment, run_dbt, target_folder
from extract.run.report import Report
from extract.settings import Settings

# By the name that dbt gives it, and looks for.
READ_BY_DBT = "partial_parse.msgpack"
# In the order in which a number comes about.
ANALYSES = (
    "explain_observations",
    "explain_events",
    "explain_sessions",
    "explain_viewings",
    "explain_statistics",
    "explain_title",
)
NEEDED = (
    "watch_event_observations",
    "rejected_watch_events",
    "watch_events",
    "watch_sessions",
    "user_item_stats",
    "user_title_stats",
    "item_titles",
)


@dataclass(frozen=True)
class Part:
    """A row of an analysis.

    `about`: the heading that it stands under. `kind`: `part`, `total` (of the parts under the same heading), `quotient`
    or `fact`. `unit`: `s` for seconds, or nothing.
    """

    about: str
    kind: str
    part: str
    amount: float | None
    unit: str
    words: str


def connect(database: Path) -> sqlite3.Connection:
    """Open a database for reading alone.

    Raises: SettingsError if there is none, or nothing was built in it yet; ExtractError if it cannot be read.
    """
    if not database.is_file() or not database.stat().st_size:
        raise SettingsError(f'There is no database at {database} yet: run "make run" first.')
    try:
        connection = sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)
        known = {name for (name,) in connection.execute("select name from sqlite_master")}
    except sqlite3.Error as error:
        raise ExtractError(f"{database} cannot be read: {error}.") from None
    if not known.issuperset(("builds", "users", "items", *NEEDED)):
        connection.close()
        raise SettingsError(f'The tables of {database} are not built yet: run "make build" first.')
    return connection


def compile_analyses(connection: sqlite3.Connection, settings: Settings, report: Report) -> list[str]:
    """Return the SQL of each analysis, with the vars that the tables were built with.

    What dbt has read of the project is kept for the next call, which then takes a third of the time; dbt sees by itself
    where it does not hold any more.
    Raises: ExtractError if dbt cannot compile them, or what it has read cannot be copied.
    """
    built_with = connection.execute("select vars from builds order by status = 'complete' desc").fetchone()
    # Each call has a folder of its own: another one may be under way.
    with TemporaryDirectory(prefix="emby-elt-explain-") as folder:
        # Their SQL is the same for every database, and dbt would read the project anew for one at another path.
        variables = environment(settings, Path(os.devnull))
        read, kept = Path(folder, READ_BY_DBT), target_folder(variables) / "explain" / READ_BY_DBT
        _copy(kept, read)
        arguments = ["compile", "--select", *ANALYSES, "--target", "sqlite", "--target-path", folder]
        arguments += ["--vars", json.dumps(json.loads(built_with[0])) if built_with else "{}"]
        run = run_dbt(arguments, variables, report)
        if run.has_failed:
            raise ExtractError("dbt cannot compile the explanation: " + "; ".join(words for _, words in run.failures))
        _copy(read, kept)
        compiled = Path(folder, "compiled", "emby_elt", "analyses")
        return [(compiled / f"{name}.sql").read_text(encoding="utf-8") for name in ANALYSES]


def _copy(file: Path, place: Path) -> None:
    """Copy a file, if there is one, to a place where it is whole at every moment."""
    if not file.is_file():
        return
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=place.parent) as folder:
            shutil.copyfile(file, Path(folder, file.name)).replace(place)
    except OSError as error:
        raise ExtractError(f"{file} cannot be copied to {place}: {error.strerror}.") from None


def explain(connection: sqlite3.Connection, statements: list[str], chosen: Chosen) -> Iterator[Part]:
    """Yield the rows of the analyses for what was chosen, in order.

    Raises: ExtractError if the tables are from another version of the project.
    """
    parameters = {"user_id": chosen.user_id, "item_id": chosen.item_id, "session_id": chosen.session_id}
    try:
        for statement in statements:
            for row in connection.execute(statement, parameters):
                yield Part(*row)
    except sqlite3.Error as error:
        raise ExtractError(f'The tables cannot be explained ({error}): run "make build", and ask again.') from None
