"""Read tables and views of Spark: python -m tests.engines.spark_rows FILE, with {table: columns} as JSON on stdin.

Writes {table: rows} to the file, pickled. In a process of its own: Spark's catalogue is of one process at a time.
"""

import json
import os
import pickle
import sys
from pathlib import Path
from typing import Any

import yaml
from jinja2 import Environment

from tests.engines.needed import needed
from tests.environment import PROJECT


def session() -> Any:
    """Return the session that dbt would have, by its profile."""
    profiles = yaml.safe_load((PROJECT / "profiles" / "profiles.yml").read_text(encoding="utf-8"))
    builder = needed("pyspark.sql", "spark").SparkSession.builder.enableHiveSupport()
    for name, value in profiles["emby_elt"]["outputs"]["spark"]["server_side_parameters"].items():
        rendered = Environment(autoescape=False).from_string(value).render(env_var=os.environ.get)  # noqa: S701 - paths are no HTML
        builder = builder.config(name, rendered.strip())
    return builder.getOrCreate()


if __name__ == "__main__":
    tables: dict[str, list[str]] = json.load(sys.stdin)
    spark = session()
    rows = {
        table: [tuple(row) for row in spark.sql(f"select {', '.join(columns)} from emby_elt.{table}").collect()]
        for table, columns in tables.items()
    }
    Path(sys.argv[1]).write_bytes(pickle.dumps(rows))
