"""dbt as a user calls it, and its compiled models on a database in memory."""

import atexit
import json
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from extract.landing.raw_tables import RAW_TABLES
from tests.environment import PROJECT, Rows, environment

Meanwhile = Callable[[int, Path], None]

DBT = str(Path(sys.executable).with_name("dbt"))

# A third of the time of a run goes into its log file, its console, which the server replaces, and into JSON files.
# `--write-json` asks for those.
SPARING = {"DBT_LOG_LEVEL_FILE": "none", "DBT_LOG_LEVEL": "none", "DBT_WRITE_JSON": "false"}
# The engines on which a table has the same name in every database, so that one manifest serves all.
SHARED = ("sqlite", "spark")


def run_dbt(
    database: Path,
    *arguments: str,
    target: Path | None = None,
    project: Path = PROJECT / "dbt_project",
    settings: Mapping[str, str] | None = None,
    meanwhile: Meanwhile | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run dbt on a database, from the root of the checkout.

    `target`: where it leaves its files. `settings`: what it finds in the environment besides. `meanwhile`: called while
    it runs, with the id of its process and the file that holds what it has printed so far.
    """
    variables = environment(WAREHOUSE_PATH=str(database), **SPARING, **(settings or {}))
    engine = arguments[arguments.index("--target") + 1] if "--target" in arguments else "sqlite"
    # What else dbt is told makes no difference to how it reads the project. Of vars that is tested.
    is_shared = (
        engine in SHARED
        and project == PROJECT / "dbt_project"
        and "EMBY_ELT_LABORATORY" not in variables
        and "parse" not in arguments
    )
    command = ["--no-use-colors", *arguments]
    command += ["--project-dir", str(PROJECT / project), "--profiles-dir", str(PROJECT / "profiles")]
    # Beside each other, and not where a database's path may point that is none of this machine.
    target = target or database.parent / "target"
    command += ["--target-path", str(target), "--log-path", str(target.parent / "logs")]
    server = _server(engine if is_shared else "sqlite")
    return _call(server, command, variables, shares_manifest=is_shared, meanwhile=meanwhile)


@cache
def _server(engine: str) -> str:
    """Start the process whose forks run dbt on an engine: it imports dbt and reads the project once.

    Returns its socket.
    """
    folder = TemporaryDirectory(prefix="emby-elt-dbt-")
    address = f"{folder.name}/socket"
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.dbt_server", address, str(PROJECT), engine],
        cwd=folder.name,
        env=environment(**SPARING),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
    )

    def end() -> None:
        process.terminate()
        process.communicate()
        folder.cleanup()

    atexit.register(end)
    assert process.stdout
    assert process.stdout.readline() == b"ready\n"
    return address


def _call(
    server: str,
    arguments: Sequence[str],
    variables: Mapping[str, str],
    *,
    shares_manifest: bool,
    meanwhile: Meanwhile | None,
) -> subprocess.CompletedProcess[str]:
    with TemporaryDirectory(prefix="emby-elt-call-") as said, closing(socket.socket(socket.AF_UNIX)) as connection:
        stdout, stderr = Path(said, "stdout"), Path(said, "stderr")
        call: dict[str, Any] = {"arguments": arguments, "folder": str(PROJECT), "variables": dict(variables)}
        call |= {"stdout": str(stdout), "stderr": str(stderr), "shares_manifest": shares_manifest}
        connection.connect(server)
        connection.sendall(json.dumps(call).encode() + b"\n")
        answers = connection.makefile()
        process = int(answers.readline())
        if meanwhile:
            meanwhile(process, stdout)
        code = answers.read()
        words = [path.read_text(encoding="utf-8") if path.exists() else "" for path in (stdout, stderr)]
    assert code, f"dbt's server has ended: {words}"
    return subprocess.CompletedProcess(["dbt", *arguments], int(code), *words)


def build(database: Path, *arguments: str) -> None:
    """Run `dbt build`, and fail the test with dbt's words if it fails."""
    ended = run_dbt(database, "build", *arguments)
    assert ended.returncode == 0, ended.stdout[-5000:]


def run_models(database: Path) -> None:
    """Run `dbt run`: where the tables alone matter, and other tests hold the data tests."""
    ended = run_dbt(database, "run")
    assert ended.returncode == 0, ended.stdout[-5000:]


def columns_of(connection: sqlite3.Connection, mart: str) -> list[str]:
    """Return the columns of a mart, without the number of the build that changed a row, which is no fact of viewing."""
    columns = [name for _, name, *_ in connection.execute(f"pragma table_info({mart})")]
    return [name for name in columns if name != "changed_in_build"]


@dataclass(frozen=True)
class CompiledModels:
    """The SQL of every model, each after those it reads."""

    statements: list[str]

    def on(self, raw: dict[str, Rows]) -> sqlite3.Connection:
        """Return a database in memory that holds these raw rows, and every model built on them."""
        connection = sqlite3.connect(":memory:")
        for table in RAW_TABLES:
            connection.execute(table.ddl)
            marks = ", ".join("?" * len(table.columns))
            connection.executemany(f"insert into {table.name} values ({marks})", raw.get(table.name, []))
        # What begins a build, with no build before it.
        connection.execute("create table builds (status, build_number, load_id)")
        connection.execute("insert into builds values ('begun', 1, 9223372036854775807)")
        for statement in self.statements:
            connection.execute(statement)
        return connection

    def on_raw_of(self, database: Path) -> sqlite3.Connection:
        """Return the same, built on the raw tables of a database file."""
        with closing(sqlite3.connect(database)) as source:
            return self.on(
                {table.name: source.execute(f"select * from {table.name}").fetchall() for table in RAW_TABLES}
            )


def compile_models(folder: Path) -> CompiledModels:
    """Compile the project."""
    ended = run_dbt(folder / "warehouse.db", "compile", "--write-json", target=folder / "target")
    assert ended.returncode == 0, ended.stdout[-5000:]
    manifest = json.loads((folder / "target" / "manifest.json").read_text(encoding="utf-8"))
    models = {id_: node for id_, node in manifest["nodes"].items() if node["resource_type"] == "model"}
    # What a person writes into a seed is none of the tests' business, but models read it.
    statements = [
        f"create table {node['name']} ({', '.join(node['columns'])})"
        for node in manifest["nodes"].values()
        if node["resource_type"] == "seed"
    ]
    done: set[str] = set()

    def add(id_: str) -> None:
        if id_ in done or id_ not in models:
            return
        done.add(id_)
        for parent in models[id_]["depends_on"]["nodes"]:
            add(parent)
        kind = models[id_]["config"]["materialized"].replace("incremental", "table")
        statements.append(f"create {kind} {models[id_]['name']} as {models[id_]['compiled_code']}")

    for id_ in models:
        add(id_)
    return CompiledModels(statements)
