"""What other thresholds would call watched is built when somebody asks, and shown side by side."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.dbt import run_dbt, run_models
from tests.environment import Rows
from tests.household import BEFORE
from tests.system.test_end_to_end import extract
from tests.system.test_pipeline import pipeline


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("laboratory")
    extract(BEFORE, folder / "warehouse.db")
    run_models(folder / "warehouse.db")
    return folder


def ask(folder: Path, sql: str) -> Rows:
    with closing(sqlite3.connect(folder / "warehouse.db")) as connection:
        return connection.execute(sql).fetchall()


def test_the_laboratory_is_built_when_asked_for_and_leaves_the_household_complete(built: Path) -> None:
    of_laboratory = "select name from sqlite_master where name like '%scenario%' and type = 'table' order by 1"
    complete = "select build_number from builds where status = 'complete'"
    assert ask(built, of_laboratory) == [("threshold_scenarios",)]
    before = ask(built, complete)
    assert before == [(1,)]
    ended = pipeline(built, "laboratory")
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert ("outcomes_by_scenario",) in ask(built, of_laboratory)
    assert ask(built, complete) == before
    lines = [line.split() for line in ended.stdout.splitlines()]
    assert ["month", "who", "this_project", "emby", "patient", "tautulli", "trakt"] in lines
    # 3,600 seconds with a break of a quarter of an hour, and 3,240 of 3,600 on two evenings.
    assert ["2025-09", "ann", "2", "(1)", "2", "(0)", "2", "(1)", "2", "(0)", "2", "(0)"] in lines


def test_its_unit_tests_and_its_data_test_hold(built: Path) -> None:
    ended = run_dbt(
        built / "warehouse.db", "build", "--select", "tag:laboratory", settings={"EMBY_ELT_LABORATORY": "on"}
    )
    assert ended.returncode == 0, ended.stdout
    for name in (
        "each_scenario_has_its_gap",
        "each_scenario_has_its_thresholds",
        "a_month_is_counted_for_each_scenario",
    ):
        assert re.search(f"PASS .*::{name} ", ended.stdout)
    assert "PASS the_scenario_of_this_project_has_its_numbers" in ended.stdout


def test_with_it_a_build_starts_from_the_last_complete_one_too(built: Path) -> None:
    ended = run_dbt(built / "warehouse.db", "run", settings={"EMBY_ELT_LABORATORY": "on"})
    assert ended.returncode == 0, ended.stdout
    assert "Building what changed since the last complete build" in ended.stdout


def test_this_project_is_told_by_its_vars(built: Path) -> None:
    of_ann = "select session_count, viewing_count, completed_session_count from outcomes_by_scenario "
    of_ann += "where user_name = 'ann' and month = '2025-09' and scenario = "
    # With a gap of nothing, a break of a quarter of an hour is the end of a session.
    assert ask(built, f"{of_ann} 'this_project'") == [(3, 2, 1)]
    assert ask(built, f"{of_ann} 'emby'") == [(4, 2, 0)]
