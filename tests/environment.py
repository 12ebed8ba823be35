"""The settings that tests run with, and none of the machine's."""

import os
from pathlib import Path
from typing import Any

SETTINGS = (
    "EMBY_BASE_URL",
    "EMBY_API_KEY",
    "EMBY_API_KEY_FILE",
    "EMBY_CA_FILE",
    "EMBY_VERIFY_TLS",
    "TMDB_READ_ACCESS_TOKEN",
    "TMDB_READ_ACCESS_TOKEN_FILE",
    "TMDB_BASE_URL",
    "WAREHOUSE_PATH",
    "EMBY_SERVER_CLOCK",
    "REPORT_TIMEZONE",
)
# Not ours: libpq reads them.
LIBPQ = ("PGHOST", "PGPORT", "PGUSER", "PGDATABASE", "PGPASSWORD", "PGPASSFILE", "PGSERVICE")

# Only dbt reads them: whether the models of the laboratory are there, and where Spark finds what was shipped.
OF_DBT = ("EMBY_ELT_LABORATORY", "SHIPPED_FOLDER")

# The simulated server's clock, whatever the zone of the machine.
CLOCK = {
    "EMBY_SERVER_CLOCK": "UTC-07:00, 2025-08-15 11:10:00 Australia/Melbourne",
    "REPORT_TIMEZONE": "Australia/Melbourne",
}

PROJECT = Path(__file__).parent.parent

Rows = list[tuple[Any, ...]]


def environment(**settings: str) -> dict[str, str]:
    """Return this process's environment without its settings, and with these; `python -m extract` works anywhere."""
    kept = {name: value for name, value in os.environ.items() if name not in (*SETTINGS, *LIBPQ, *OF_DBT)}
    return {**kept, **CLOCK, "PYTHONPATH": str(PROJECT), **settings}
