"""Build a SQLite file's marts, with every test, on an engine: python -m tests.engines postgres data/demo.db.

A server that it needs begins and ends with it.
"""

import os
import subprocess
import sys
from pathlib import Path

from tests.dbt import DBT
from tests.engines.engines import serve

if __name__ == "__main__":
    target, database = sys.argv[1], Path(sys.argv[2])
    with serve(target) as engine:
        settings = {**os.environ, "WAREHOUSE_PATH": str(database), **engine.load(database)}
        dbt = [DBT, "build", "--target", target, "--project-dir", "dbt_project", "--profiles-dir", "profiles"]
        sys.exit(subprocess.run(dbt, env=settings, check=False).returncode)
