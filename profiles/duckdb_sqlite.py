# ruff: noqa: INP001  dbt-duckdb imports it from a folder, and no package
"""Lets DuckDB read SQLite's files, with the extension that is a package: nothing is downloaded."""

from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import duckdb_extension_sqlite
from dbt.adapters.duckdb.plugins import BasePlugin


class Plugin(BasePlugin):
    """What the target `duckdb` names in profiles.yml; its setting `warehouse` is the SQLite file, for macros."""

    def configure_connection(self, conn: duckdb.DuckDBPyConnection) -> None:
        """Load the extension into a new connection, under the name that DuckDB expects of its file."""
        folder = Path(duckdb_extension_sqlite.__file__).parent / "extensions" / f"v{duckdb.__version__}"
        with TemporaryDirectory() as scratch:
            file = Path(scratch) / "sqlite_scanner.duckdb_extension"
            file.symlink_to(folder / "sqlite.duckdb_extension")
            conn.load_extension(str(file))
