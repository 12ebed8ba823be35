"""What every test may use."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import stamina
from click.testing import CliRunner, Result

from extract.cli import main
from extract.http import ATTEMPTS

SETTINGS = (
    "EMBY_BASE_URL",
    "EMBY_API_KEY",
    "EMBY_API_KEY_FILE",
    "EMBY_CA_FILE",
    "EMBY_VERIFY_TLS",
    "TMDB_READ_ACCESS_TOKEN",
    "TMDB_READ_ACCESS_TOKEN_FILE",
    "TMDB_BASE_URL",
    "WAREHOUSE_PATH",
    "EMBY_SERVER_CLOCK",
    "REPORT_TIMEZONE",
)

# The simulated server's clock, whatever the zone of the machine.
CLOCK = {
    "EMBY_SERVER_CLOCK": "UTC-07:00, 2025-08-15 11:10:00 Australia/Melbourne",
    "REPORT_TIMEZONE": "Australia/Melbourne",
}

PROJECT = Path(__file__).parent.parent

Rows = list[tuple[Any, ...]]


@pytest.fixture(scope="session", autouse=True)
def _no_settings_of_this_machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Neither the environment nor a .env of whoever runs the tests reaches them, not even their shared fixtures."""
    with pytest.MonkeyPatch.context() as patch:
        for name in SETTINGS:
            patch.delenv(name, raising=False)
        for name, value in CLOCK.items():
            patch.setenv(name, value)
        patch.setenv("NO_PROXY", "127.0.0.1")
        patch.chdir(tmp_path_factory.mktemp("empty"))
        yield


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.fixture(autouse=True)
def _no_pauses() -> Iterator[None]:
    """Retry as often as ever, but without the pauses between."""
    with stamina.set_testing(True, attempts=ATTEMPTS):
        yield


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "warehouse.db"


@pytest.fixture
def extract(database: Path) -> Callable[..., Result]:
    """Run the command line in this process: `extract("items", EMBY_BASE_URL=url)`."""

    def run(*arguments: str, **environment: str) -> Result:
        return CliRunner().invoke(main, arguments, env={"WAREHOUSE_PATH": str(database), **environment})

    return run


@pytest.fixture
def query(database: Path) -> Callable[[str], Rows]:
    """Ask the database."""

    def ask(sql: str) -> Rows:
        connection = sqlite3.connect(database)
        try:
            return connection.execute(sql).fetchall()
        finally:
            connection.close()

    return ask


def environment(**settings: str) -> dict[str, str]:
    """Return this process's environment without its settings, and with these; `python -m extract` works anywhere."""
    kept = {name: value for name, value in os.environ.items() if name not in SETTINGS}
    return {**kept, **CLOCK, "PYTHONPATH": str(PROJECT), **settings}
