"""Read tables and views of Spark: python -m tests.engines.spark_rows FILE, with {table: columns} as JSON on stdin.

Writes {table: rows} to the file, pickled. In a process of its own, by the Java that dbt used:
Spark's catalogue is of one Java at a time.
"""

import json
import pickle
import sys
from pathlib import Path

from tests.engines.java import session_parameters
from tests.engines.needed import needed

if __name__ == "__main__":
    tables: dict[str, list[str]] = json.load(sys.stdin)
    builder = needed("pyspark.sql", "spark").SparkSession.builder.enableHiveSupport()
    for name, value in session_parameters().items():
        builder = builder.config(name, value)
    # Ended with the block, as whatever uses the same Java later has another.
    with builder.getOrCreate() as spark:
        rows = {
            table: [tuple(row) for row in spark.sql(f"select {', '.join(columns)} from emby_elt.{table}").collect()]
            for table, columns in tables.items()
        }
    Path(sys.argv[1]).write_bytes(pickle.dumps(rows))
