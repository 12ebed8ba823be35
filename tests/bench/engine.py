"""`make bench ENGINE=duckdb`: the same histories, built by SQLite and by another engine.

Prints a table, and writes it to data/bench-ENGINE.json. Nothing fails on a slow machine.
"""

import json
import os
import sys
import tempfile
from datetime import datetime
from pathlib import Path
from time import perf_counter

from rich.console import Console
from rich.table import Table

from extract.demo.servers import API_KEY
from tests.bench.__main__ import SIZES, Figures, dbt, run, served
from tests.engines.engines import Engine, serve


def main(target: str) -> None:
    """Measure every size on SQLite and on an engine, and show it."""
    console = Console(highlight=False, soft_wrap=True, width=120)
    results: dict[int, Figures] = {}
    with serve(target) as engine:
        for size in SIZES:
            with tempfile.TemporaryDirectory(prefix="emby-elt-bench-") as folder, console.status(f"{size:,} events"):
                results[size] = measure(size, Path(folder), target, engine)
    written = Path(f"data/bench-{target}.json")
    written.parent.mkdir(exist_ok=True)
    written.write_text(json.dumps({"processors": os.cpu_count(), "results": results}, indent=2), encoding="utf-8")
    table = Table(box=None, pad_edge=False)
    table.add_column("seconds", no_wrap=True)
    for size in results:
        table.add_column(f"{size:,} events", justify="right")
    for name in results[SIZES[0]]:
        table.add_row(name, *(f"{figures[name]:,.1f}" for figures in results.values()))
    console.print(table)
    console.print(f"Written to {written}.")


def measure(size: int, folder: Path, target: str, engine: Engine) -> Figures:
    """Return the seconds that each takes for a history of that many events."""
    # Named by its size: a server has a database for each.
    database = folder / f"bench_{size}.db"
    environment = {**os.environ, "WAREHOUSE_PATH": str(database), "EMBY_SERVER_CLOCK": "Australia/Melbourne"}
    with served(size, folder) as (address, _):
        emby = {"EMBY_BASE_URL": address, "EMBY_API_KEY": API_KEY}
        run([sys.executable, "-m", "extract", "--quiet"], environment | emby)
    figures: Figures = {}
    for name in ("sqlite", target):
        if name == target:
            began = perf_counter()
            environment |= engine.load(database)
            figures[f"{target}: raw tables shipped"] = perf_counter() - began
        built = run([*dbt(folder, "run"), "--target", name], environment)
        figures |= {
            f"{name}: all models in full": models_seconds(folder),
            f"{name}: dbt run in full, with its own start": built.seconds,
        }
    return figures


def models_seconds(folder: Path) -> float:
    """Return the seconds from the first model's start to the last one's end in dbt's last run: some run at once."""
    results = json.loads((folder / "run_results.json").read_text(encoding="utf-8"))["results"]
    moments = [
        datetime.fromisoformat(timing[moment])
        for result in results
        if result["unique_id"].startswith("model.")
        for timing in result["timing"]
        for moment in ("started_at", "completed_at")
    ]
    return (max(moments) - min(moments)).total_seconds()


if __name__ == "__main__":
    main(sys.argv[1])
