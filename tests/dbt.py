"""dbt as a user calls it, and its compiled models on a database in memory."""

import atexit
import json
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

from extract.landing.raw_tables import RAW_TABLES
from tests.environment import PROJECT, Rows, environment

DBT = str(Path(sys.executable).with_name("dbt"))

# What dbt makes of the files of the project, which takes it longer than most tests. It is the same for every warehouse
# that is told by the same relative path: by this one, where need be of a link.
PARSED = TemporaryDirectory(prefix="emby-elt-parsed-")
NAME = "warehouse.db"
PLAIN = re.compile(r"[\w./-]+")
# A third of the time of a run goes into its log of every statement, and into JSON files. `--write-json` asks for them.
SPARING = {"DBT_LOG_LEVEL_FILE": "info", "DBT_WRITE_JSON": "false"}


def run_dbt(
    database: Path,
    *arguments: str,
    target: Path | None = None,
    project: Path = PROJECT / "dbt_project",
    settings: Mapping[str, str] | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run dbt on a database: from its folder, if what was parsed can be shared, or else from the root of the checkout.

    `target`: where it leaves its files. `settings`: what it finds in the environment besides.
    """
    is_shared = (
        PLAIN.fullmatch(str(database)) is not None
        and database.is_absolute()
        and project == PROJECT / "dbt_project"
        and settings is None
        and "--target" not in arguments
    )
    command = ["--no-use-colors", *arguments]
    command += ["--project-dir", str(PROJECT / project), "--profiles-dir", str(PROJECT / "profiles")]
    # Beside each other, and not where a database's path may point that is none of this machine.
    target = target or database.parent / "target"
    command += ["--target-path", str(target), "--log-path", str(target.parent / "logs")]
    parsed, known = target / "partial_parse.msgpack", Path(PARSED.name, "partial_parse.msgpack")
    if is_shared and known.exists() and not parsed.exists():
        target.mkdir(parents=True, exist_ok=True)
        shutil.copy(known, parsed)
    with TemporaryDirectory(prefix="emby-elt-link-") as folder:
        Path(folder, NAME).symlink_to(database)
        ended = _call(
            command,
            Path(folder) if is_shared else PROJECT,
            environment(WAREHOUSE_PATH=NAME if is_shared else str(database), **SPARING, **(settings or {})),
        )
    if is_shared and parsed.exists() and not known.exists():
        # Another thread may be about to read it.
        Path(shutil.copy(parsed, f"{known}.{uuid4()}")).replace(known)
    return ended


@cache
def _server() -> str:
    """Start the process whose forks run dbt, which saves importing it for each call. Return its socket."""
    folder = TemporaryDirectory(prefix="emby-elt-dbt-")
    address = f"{folder.name}/socket"
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.dbt_server", address],
        cwd=PROJECT,
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


def _call(arguments: Sequence[str], folder: Path, variables: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    with TemporaryDirectory(prefix="emby-elt-call-") as said, closing(socket.socket(socket.AF_UNIX)) as connection:
        stdout, stderr = Path(said, "stdout"), Path(said, "stderr")
        call = {"arguments": arguments, "folder": str(folder), "variables": dict(variables)}
        connection.connect(_server())
        connection.sendall(json.dumps(call | {"stdout": str(stdout), "stderr": str(stderr)}).encode() + b"\n")
        answer = connection.makefile().read()
        words = [path.read_text(encoding="utf-8") if path.exists() else "" for path in (stdout, stderr)]
    assert answer, f"dbt's process has ended: {words}"
    return subprocess.CompletedProcess(["dbt", *arguments], json.loads(answer), *words)


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


class DbtProcess:
    """dbt in a process that stays, so that many runs on one database import and parse it once."""

    def __init__(self, database: Path) -> None:
        self._options = ["--project-dir", "dbt_project", "--profiles-dir", "profiles"]
        self._options += ["--target-path", str(database.parent / "target"), "--log-path", str(database.parent / "logs")]
        self._process = subprocess.Popen(
            [sys.executable, "-c", SERVE_DBT],
            cwd=PROJECT,
            env=environment(WAREHOUSE_PATH=str(database), **SPARING),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __call__(self, *arguments: str) -> bool:
        """Run dbt, and tell whether it succeeded."""
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(json.dumps(["--quiet", *arguments, *self._options]) + "\n")
        self._process.stdin.flush()
        while not (line := self._process.stdout.readline()).startswith("succeeded: "):
            assert line, "dbt's process has ended"
        return line == "succeeded: True\n"

    def close(self) -> None:
        """End the process."""
        self._process.communicate()


SERVE_DBT = """
import json, sys
from dbt.cli.main import dbtRunner
for line in sys.stdin:
    print(f"succeeded: {dbtRunner().invoke(json.loads(line)).success}", flush=True)
"""


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
