"""Run dbt in a process of its own, and read from its log how far it is, what it built, and why it failed."""

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Any

from extract.errors import ExtractError
from extract.run.report import Report
from extract.settings import Settings

PROJECT = Path(__file__).resolve().parents[2]
FOLDERS = ("--project-dir", str(PROJECT / "dbt_project"), "--profiles-dir", str(PROJECT / "profiles"))
# Unit tests hold the SQL, and not the data: they belong to development.
BUILD = ("build", "--exclude-resource-type", "unit_test")
DOCS = ("docs", "generate", "--static")
LABORATORY = (*BUILD, "--select", "tag:laboratory")
WITH_LABORATORY = {"EMBY_ELT_LABORATORY": "on"}
# What dbt has no use for; its logs and artifacts quote its environment.
SECRETS = frozenset({"EMBY_API_KEY", "EMBY_API_KEY_FILE", "TMDB_READ_ACCESS_TOKEN", "TMDB_READ_ACCESS_TOKEN_FILE"})
# Said for each model or test where it fails, and again, with the cause, at the end.
ALSO_TOLD_LATER = frozenset({"LogModelResult", "LogTestResult", "LogHookEndLine", "RunResultFailure"})
LINES_KEPT = 10


@dataclass
class Run:
    """How a run of dbt ended.

    `marts`: the tables for readers that it was to build, in its order, and how each ended (`success`, `error` or
    `skipped`). `failures` and `warnings`: the name of a model or test, or nothing, and what dbt says of it.
    """

    has_failed: bool = False
    node_count: int = 0
    seconds: float = 0.0
    marts: dict[str, str] = field(default_factory=dict)
    failures: list[tuple[str, str]] = field(default_factory=list)
    warnings: list[tuple[str, str]] = field(default_factory=list)


def environment(settings: Settings, database: Path) -> dict[str, str]:
    """Return dbt's variables: the environment and `.env` without secrets, and the database's whole path."""
    values = {**os.environ, **settings.values, "WAREHOUSE_PATH": str(database.absolute())}
    return {name: value for name, value in values.items() if name not in SECRETS}


def log_file(variables: Mapping[str, str]) -> Path:
    """Return where dbt writes its log in this environment."""
    return Path(variables.get("DBT_LOG_PATH", PROJECT / "dbt_project" / "logs")) / "dbt.log"


def target_folder(variables: Mapping[str, str]) -> Path:
    """Return where dbt writes its artifacts in this environment."""
    return Path(variables.get("DBT_TARGET_PATH", PROJECT / "dbt_project" / "target"))


def run_dbt(arguments: Iterable[str], variables: Mapping[str, str], report: Report) -> Run:
    """Run dbt, with a progress bar on a terminal. A run that fails is returned, and not raised.

    Raises: ExtractError if dbt is not installed or cannot be started.
    """
    dbt = Path(sys.executable).with_name("dbt")
    command = [str(dbt), "--log-format", "json", "--no-use-colors", *arguments, *FOLDERS]
    run, others, began = Run(), [], monotonic()
    try:
        process = subprocess.Popen(
            command,
            env=variables,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
        )
    except OSError as error:
        raise ExtractError(f"{dbt} cannot be started ({error.strerror}): run make install.") from None
    with process, report.progress_of("dbt") as bar:
        try:
            for line in process.stdout or ():
                event = _event(line)
                if event is None:
                    others.append(line.rstrip())
                    continue
                done = _take(run, event)
                if done is not None:
                    bar.advance(done, run.node_count, "models and tests")
        except BaseException:
            process.terminate()
            raise
    run.seconds = monotonic() - began
    run.has_failed = process.returncode != 0
    if run.has_failed and not run.failures:
        run.failures.append(("", "\n".join(others[-LINES_KEPT:]) or f"dbt ended with code {process.returncode}."))
    return run


def _event(line: str) -> dict[str, Any] | None:
    """Return a line of dbt's log; None for what something else wrote."""
    try:
        event = json.loads(line)
    except ValueError:
        return None
    return event if isinstance(event, dict) and "info" in event and "data" in event else None


def _take(run: Run, event: Mapping[str, Any]) -> int | None:
    """Note what an event tells. Return how many models and tests are done, where it tells that."""
    info, data = event["info"], event["data"]
    node = data.get("node_info", {})
    name, message = node.get("node_name", ""), str(data.get("msg") or data.get("exc") or info["msg"])
    if info["level"] == "error" and info["name"] not in ALSO_TOLD_LATER:
        run.failures.append((name, _cause(message)))
    elif info["name"] == "RunResultWarningMessage":
        run.warnings.append((name, _cause(message)))
    if info["name"] not in {"LogStartLine", "LogModelResult", "SkippingDetails"}:
        return None
    run.node_count = data["total"]
    if str(node.get("node_path", "")).startswith("marts/") and node.get("resource_type") == "model":
        run.marts[name] = node["node_status"]
    done: int = data["index"]
    return done - 1 if info["name"] == "LogStartLine" else done


def _cause(message: str) -> str:
    """Return dbt's message without the lines that say where it is from."""
    lines = [line.strip() for line in message.splitlines()]
    kept = [line for line in lines if line and not line.startswith(("compiled code at", "> in macro", "> called by"))]
    if len(kept) > 1 and " Error in " in kept[0]:
        kept = kept[1:]
    return "\n".join(kept[:LINES_KEPT])
