"""Spark has SQLite's rows too. It takes minutes, and so `make test-spark` runs it, and `make test` does not.

The tests of the models take it many more: `make build-spark` runs those.
"""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.dbt import DBT, run_dbt
from tests.engines import raw_sets
from tests.engines.engines import TABLES_ALONE, Engine, serve
from tests.engines.test_equal_rows import assert_every_row_is_sqlites, expected
from tests.environment import PROJECT, environment

__all__ = ["expected"]

pytestmark = pytest.mark.spark

# A column that may not be null, and one of numbers.
BREAKING = {
    "tmdb_genres": "select null as tmdb_genre_id, 'tv' as media_type, 1 as genre_id, 'Noir' as genre_name",
    "item_titles": "select '1' as item_id, 't' as title_id, 'item' as match_rule, 'much' as match_confidence",
}


@pytest.fixture(scope="module")
def spark() -> Iterator[Engine]:
    with serve("spark") as engine:
        yield engine


def test_every_row_is_sqlites(expected: SimpleNamespace, spark: Engine) -> None:
    assert_every_row_is_sqlites(expected, "spark", spark, *TABLES_ALONE)


def test_where_nothing_is_shipped_it_says_so(tmp_path: Path, spark: Engine) -> None:
    database = tmp_path / "small.db"
    raw_sets.small(database)
    settings = spark.load(database)
    shutil.rmtree(database.with_suffix(".shipped"))
    ended = run_dbt(database, "run", "--target", "spark", settings=settings)
    assert ended.returncode
    assert f'run "python -m extract ship {database.with_suffix(".shipped")}" first.' in ended.stdout


def test_a_table_stays_until_the_new_one_is_whole(tmp_path: Path, spark: Engine) -> None:
    database = tmp_path / "small.db"
    raw_sets.small(database)
    settings = spark.load(database)
    # With a Java of its own, as its users have it: that one is killed too.
    alone = {name: value for name, value in settings.items() if not name.startswith("PYSPARK_GATEWAY_")}
    run = ("run", "--select", "+tmdb_genres", "--target", "spark")
    shown = ("show", "--inline", "select count(*) as genres from {{ ref('tmdb_genres') }}", "--target", "spark")
    assert run_dbt(database, *run, settings=alone).returncode == 0
    folder = database.with_suffix(".spark") / "emby_elt.db"
    killed = subprocess.Popen(
        [DBT, *run, "--project-dir", "dbt_project", "--profiles-dir", "profiles", "--target-path", tmp_path / "target"],
        cwd=PROJECT,
        env=environment(WAREHOUSE_PATH=str(database), DBT_LOG_PATH=str(tmp_path / "logs"), **alone),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    while not (begun := list(folder.glob("tmdb_genres__of_run_*"))):
        assert killed.poll() is None, "it has ended before it could be killed"
        time.sleep(0.01)
    os.killpg(killed.pid, signal.SIGKILL)
    killed.wait()
    assert begun[0].exists()
    for arguments in (shown, run, shown):
        ended = run_dbt(database, *arguments, settings=settings)
        assert ended.returncode == 0, ended.stdout
        assert arguments is run or "|     35 |" in ended.stdout, ended.stdout


def test_seeds_are_loaded_as_written_and_contracts_enforced(tmp_path: Path, spark: Engine) -> None:
    database, project = tmp_path / "small.db", tmp_path / "dbt_project"
    raw_sets.small(database)
    settings = spark.load(database)
    shutil.copytree(PROJECT / "dbt_project", project, ignore=shutil.ignore_patterns("target", "logs", "data"))
    seed = project / "seeds" / "user_names.csv"
    seed.write_text("source,name,user_name\ntautulli,Annie's \\ 100 % TV,\n", encoding="utf-8")
    for name, sql in BREAKING.items():
        (project / "models" / "marts" / "library" / f"{name}.sql").write_text(sql, encoding="utf-8")

    def dbt(*arguments: str) -> str:
        return run_dbt(database, *arguments, "--target", "spark", project=project, settings=settings).stdout

    built = dbt("build", "--select", "user_names", *BREAKING, *TABLES_ALONE)
    assert "PASS=5 " in built, built
    assert "tmdb_genres.tmdb_genre_id breaks its contract: it is null, or no text" in built
    assert "item_titles.match_confidence breaks its contract: it is null, or no double" in built
    shown = dbt("show", "--inline", "select name, user_name is null as is_empty from {{ ref('user_names') }}")
    assert "| Annie's \\ 100 % TV |     True |" in shown, shown
