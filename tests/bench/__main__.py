"""`make bench`: histories of three sizes, through the extractor and dbt, beside the least that each could take.

Prints a table, and writes it to data/bench.json. Nothing fails on a slow machine.
"""

import json
import os
import platform
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from rich.console import Console
from rich.table import Table

from extract.demo.servers import API_KEY
from tests.bench.history import NIGHT_EVENTS

SIZES = (10_000, 100_000, 1_000_000)
RESULT = Path("data/bench.json")
DBT = str(Path(sys.executable).with_name("dbt"))
# Faster models are told as one.
SHOWN_SECONDS = 0.1

Figures = dict[str, float]


@dataclass(frozen=True)
class Usage:
    """What a process took: seconds of the clock, and megabytes at its peak."""

    seconds: float
    peak_mb: float


def main() -> None:
    """Measure every size, and show it."""
    console = Console(highlight=False, soft_wrap=True, width=120)
    results: dict[int, Figures] = {}
    for size in SIZES:
        with tempfile.TemporaryDirectory(prefix="emby-elt-bench-") as folder, console.status(f"{size:,} events"):
            results[size] = measure(size, Path(folder))
    machine = {
        "processors": os.cpu_count(),
        "machine": platform.machine(),
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
    }
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps({"machine": machine, "results": results}, indent=2), encoding="utf-8")
    console.print(table_of(results))
    console.print(", ".join(f"{name} {value}" for name, value in machine.items()))
    console.print(f"Written to {RESULT}.")


def measure(size: int, folder: Path) -> Figures:
    """Return the figures of one size, by name: seconds, megabytes or requests."""
    database = folder / "warehouse.db"
    figures: Figures = {}
    with served(size, folder) as addresses:
        for name, address in zip(("history", "night"), addresses, strict=True):
            environment = {**os.environ, "EMBY_BASE_URL": address, "EMBY_API_KEY": API_KEY}
            environment |= {"WAREHOUSE_PATH": str(database), "EMBY_SERVER_CLOCK": "Australia/Melbourne"}
            extractor = run([sys.executable, "-m", "extract", "--quiet"], environment)
            asked = folder / f"{name}.jsonl"
            alone = run([sys.executable, "-m", "tests.bench.fetch", address, str(asked.rename(f"{asked}.asked"))])
            build = run(dbt(folder, "build"), environment)
            models = model_seconds(folder)
            figures |= {
                f"{name}: extractor": extractor.seconds,
                f"{name}: extractor, peak MB": extractor.peak_mb,
                f"{name}: fetching and parsing alone": alone.seconds,
                f"{name}: dbt build with all tests": build.seconds,
                f"{name}: dbt build, peak MB": build.peak_mb,
                f"{name}: models together": sum(models.values()),
            } | {f"{name}: model {model}": seconds for model, seconds in models.items()}
            if name == "history":
                command = [sys.executable, "-m", "tests.bench.sessions", str(database), str(folder)]
                output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
                figures |= {f"history: sessions, {how}": seconds for how, seconds in json.loads(output).items()}
        # What was asked since is the measuring's own.
        asked.unlink(missing_ok=True)
        again = run([sys.executable, "-m", "extract", "--quiet"], environment)
        requests = asked.read_text(encoding="utf-8").splitlines()
        figures |= {
            "unchanged: extractor": again.seconds,
            "unchanged: requests": len(requests),
            "unchanged: requests to the plugin": sum("user_usage_stats" in request for request in requests),
        }
    return figures


@contextmanager
def served(size: int, folder: Path) -> Iterator[list[str]]:
    """Yield the addresses of a history and of the same a night later, served from another process."""
    command = [sys.executable, "-m", "tests.bench.serve", str(size), str(folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        if server.stdout is None or server.stdin is None:
            raise AssertionError("both are pipes")
        try:
            yield [server.stdout.readline().strip() for _ in range(2)]
        finally:
            server.stdin.close()


def run(command: list[str], environment: dict[str, str] | None = None) -> Usage:
    """Run a command to its end.

    Raises: CalledProcessError if it fails.
    """
    began = perf_counter()
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Usage(perf_counter() - began, usage.ru_maxrss / (1024 if sys.platform == "linux" else 1024**2))


def dbt(folder: Path, command: str) -> list[str]:
    """Return the command line of dbt, with its files in a folder."""
    options = ["--project-dir", "dbt_project", "--profiles-dir", "profiles"]
    return [DBT, "--quiet", command, *options, "--target-path", str(folder), "--log-path", str(folder)]


def model_seconds(folder: Path) -> Figures:
    """Return the seconds of every model of dbt's last run."""
    results = json.loads((folder / "run_results.json").read_text(encoding="utf-8"))["results"]
    return {
        result["unique_id"].rpartition(".")[2]: result["execution_time"]
        for result in results
        if result["unique_id"].startswith("model.")
    }


def table_of(results: dict[int, Figures]) -> Table:
    """Return the figures as a table, a size a column."""
    table = Table(box=None, pad_edge=False)
    table.add_column("", no_wrap=True)
    for size in results:
        table.add_column(f"{size:,} events", justify="right")
    largest = results[max(results)]
    for name in largest:
        if "model " in name and largest[name] < SHOWN_SECONDS:
            continue
        title = name.replace("night:", f"night of {NIGHT_EVENTS:,}:").replace("model ", "  ")
        decimals = 0 if "MB" in name or "requests" in name else 2
        table.add_row(title, *(f"{figures[name]:,.{decimals}f}" for figures in results.values()))
    return table


if __name__ == "__main__":
    main()
