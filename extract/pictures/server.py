"""Serve the dashboard with Datasette, on this machine alone."""

import json
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from importlib import resources
from pathlib import Path

from extract.errors import ExtractError
from extract.pictures.definition import Json, read_dashboard, with_links
from extract.run.program import Stopped
from extract.run.report import Report

# A page of ten years asks for more than the second, and the thousand rows, that Datasette grants.
SETTINGS = {"sql_time_limit_ms": "10000", "max_returned_rows": "20000", "facet_time_limit_ms": "1000"}
# The marts that are views; tables are known by their types.
VIEWS = {"watch_event_observations"}


def serve_dashboard(database: Path, port: int, report: Report) -> None:
    """Serve the dashboard until a signal ends the program, and Datasette with it.

    Raises: ExtractError if the tables that pictures are drawn from are not there, or Datasette fails.
    """
    metadata = _metadata(database)
    with tempfile.NamedTemporaryFile("w", prefix="emby-elt-", suffix=".json", encoding="utf-8") as file:
        json.dump(metadata, file)
        file.flush()
        command = [sys.executable, "-m", "datasette", "serve", str(database), "--host", "127.0.0.1"]
        command += ["--port", str(port), "--metadata", file.name]
        command += ["--plugins-dir", str(resources.files(__package__).joinpath("plugins"))]
        for name, value in SETTINGS.items():
            command += ["--setting", name, value]
        report.say(f"Open http://127.0.0.1:{port}/-/dashboards/household; stop with Ctrl-C.")
        try:
            ended = subprocess.run(command, check=False)
        except Stopped as signal:
            # The usual end: nothing is left to do, or to say.
            sys.exit(signal.code)
    if ended.returncode > 0:
        raise ExtractError(
            f"Datasette ended with exit code {ended.returncode}. If port {port} is taken, name another one: "
            f"{sys.executable} -m extract.pictures serve --port {port + 1}"
        )


def _metadata(database: Path) -> Json:
    try:
        with closing(sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            names = [name for (name,) in connection.execute("select name from sqlite_master where type <> 'index'")]
            typed = {name for (name,) in connection.execute("select name from sqlite_master where sql like '%strict%'")}
    except sqlite3.Error as error:
        raise ExtractError(f"{database} cannot be read ({error}): load and build first, with make run.") from None
    if "report_titles" not in typed:
        raise ExtractError(f"{database} has no tables to draw from yet: build them first, with make build.")
    shown = {name for name in typed if not name.startswith("int_") and name != "builds"} | VIEWS
    return {
        "title": "emby-elt",
        "plugins": {"datasette-dashboards": {"household": with_links(read_dashboard(database.stem))}},
        # What a visitor does not look for stays, and out of the lists.
        "databases": {database.stem: {"tables": {name: {"hidden": name not in shown} for name in names}}},
    }
