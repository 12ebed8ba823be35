"""Build a SQLite file's marts, with every test, on a PostgreSQL of their own: python -m tests.engines data/demo.db."""

import subprocess
import sys
from pathlib import Path

from tests.dbt import DBT
from tests.engines.engines import serve_postgres

if __name__ == "__main__":
    with serve_postgres() as engine:
        engine.load(Path(sys.argv[1]))
        dbt = [DBT, "build", "--target", "postgres", "--project-dir", "dbt_project", "--profiles-dir", "profiles"]
        sys.exit(subprocess.run(dbt, check=False).returncode)
