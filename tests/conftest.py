"""What every test may use."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
import stamina
from click.testing import CliRunner, Result

from extract.cli import main
from extract.sources.retries import ATTEMPTS
from tests.dbt import CompiledModels, compile_models
from tests.engines.needed import needed
from tests.engines.postgres_server import postgres, postgres_server
from tests.environment import CLOCK, LIBPQ, OF_DBT, SETTINGS, Rows
from tests.shipping import Target, in_folder, in_postgres

__all__ = ["postgres", "postgres_server"]

# What waits for servers, while there is enough else to do beside it; then the folders whose tests take longest, in this
# order. With the short ones last no process is left with nothing to do.
WAITING = "test_secrets.py"
FIRST = ("models", "system", "engines")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run those first that others can be run beside, and the longest."""
    items.sort(
        key=lambda item: (item.path.name != WAITING, (*FIRST, item.path.parent.name).index(item.path.parent.name))
    )


@pytest.fixture(scope="session", autouse=True)
def _no_settings_of_this_machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Neither the environment nor a .env of whoever runs the tests reaches them, not even their shared fixtures."""
    with pytest.MonkeyPatch.context() as patch:
        for name in (*SETTINGS, *LIBPQ, *OF_DBT):
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


@pytest.fixture(scope="session")
def models(tmp_path_factory: pytest.TempPathFactory) -> CompiledModels:
    """Return the SQL of every model, compiled once."""
    return compile_models(tmp_path_factory.mktemp("compiled"))


@pytest.fixture
def events_in(models: CompiledModels) -> Callable[..., Rows]:
    """Build the models in memory on a database's raw tables, and ask for columns of a mart, by default of events."""

    def ask(database: Path, columns: str = "*", mart: str = "watch_events", order: str = "started_at") -> Rows:
        with closing(models.on_raw_of(database)) as connection:
            return connection.execute(f"select {columns} from {mart} order by {order}").fetchall()

    return ask


@pytest.fixture(params=["postgres", "folder"])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Target:
    """Return each place to ship to."""
    if request.param == "postgres":
        database = request.getfixturevalue("postgres")
        return Target(database.address(), lambda: in_postgres(database))
    needed("duckdb", "duckdb")
    return Target(str(tmp_path / "shipped"), lambda: in_folder(tmp_path / "shipped"))
