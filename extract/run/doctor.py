"""Check everything that the nightly run depends on, in order, and say what to do about each fault."""

import sqlite3
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from extract.errors import ExtractError
from extract.run.clock_step import read_clock
from extract.run.finding import Finding, Verdict
from extract.run.local_checks import Found, check_database, check_dbt, check_disk
from extract.run.server_checks import (
    Reach,
    check_address,
    check_archive,
    check_history,
    check_key,
    check_plugin,
    check_server_clock,
    check_tmdb,
)
from extract.settings import Settings
from extract.sources import emby
from extract.sources.http import Client

Check = Callable[[], tuple[Verdict, str]]


def examine(settings: Settings, database: Path) -> Iterator[Finding]:
    """Yield what each check found, in order. A check is left out if one that it depends on failed."""
    yield _finding("settings", partial(_settings, settings))
    found: Found | None = None

    def look_into_database() -> tuple[Verdict, str]:
        nonlocal found
        verdict, message, found = check_database(database)
        return verdict, message

    yield _finding("database", look_into_database)
    yield _finding("disk", partial(check_disk, database))
    yield _finding("dbt", partial(check_dbt, found))
    yield _finding("TMDB", partial(check_tmdb, settings))
    try:
        client = emby.connect(settings.emby())
    except ExtractError:
        yield Finding("the server", "warning", "could not be checked: see settings.")
    else:
        yield from _examine_server(settings, client, found)


def _examine_server(settings: Settings, client: Client, found: Found | None) -> Iterator[Finding]:
    reach: Reach = None

    def look_into_plugin() -> tuple[Verdict, str]:
        nonlocal reach
        verdict, message, reach = check_plugin(client)
        return verdict, message

    needed: tuple[tuple[str, Check], ...] = (
        ("address", partial(check_address, client)),
        ("key", partial(check_key, client)),
        ("plugin", look_into_plugin),
    )
    for name, check in needed:
        finding = _finding(name, check)
        yield finding
        if not finding.is_well:
            yield Finding("the server", "warning", f"what comes after {name} could not be checked.")
            return
    yield _finding("history", partial(check_history, reach))
    if found is not None:
        yield _finding("archive", partial(check_archive, reach, found.contents))
    yield _finding("server clock", partial(check_server_clock, settings, client))


def _finding(name: str, check: Check) -> Finding:
    try:
        return Finding(name, *check())
    except ExtractError as error:
        return Finding(name, "fault", str(error))
    except (OSError, sqlite3.Error) as error:
        return Finding(name, "fault", f"{error}.")


def _settings(settings: Settings) -> tuple[Verdict, str]:
    settings.emby()
    settings.tmdb()
    read_clock(settings)
    return "ok", "complete."
