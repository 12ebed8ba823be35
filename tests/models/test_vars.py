"""A var that means nothing is refused by name, before anything is built."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from extract.landing.warehouse import Warehouse
from tests.dbt import run_dbt
from tests.environment import PROJECT

NAMES = (
    "session_gap_minutes",
    "completed_ratio_threshold",
    "partial_ratio_threshold",
    "min_sampled_seconds",
    "fallback_episode_runtime_seconds",
    "fallback_movie_runtime_seconds",
    "longest_event_hours",
    "future_tolerance_hours",
    "same_play_tolerance_minutes",
    "same_film_runtime_tolerance_percent",
    "evening_until_hour",
    "suspect_runtime_multiple",
    "suspect_day_hours",
    "suspect_burst_events",
    "adherence_completion_weight",
    "adherence_return_weight",
    "adherence_total_weight",
    "adherence_return_sessions",
)
NO_NUMBERS: list[Any] = ["ten", "15", True, False, None, [1], {"a": 1}, float("nan"), float("inf"), float("-inf")]


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the path of a warehouse without rows."""
    path = tmp_path_factory.mktemp("vars") / "warehouse.db"
    with Warehouse(path):
        pass
    return path


def tables(database: Path) -> list[str]:
    with closing(sqlite3.connect(database)) as connection:
        return [
            name for (name,) in connection.execute("select name from sqlite_master where tbl_name not like 'raw_%'")
        ]


def refuse(database: Path, values: dict[str, Any]) -> None:
    """Assert that a run refuses each of these, by its name and value, and builds nothing."""
    as_yaml = json.dumps(values).replace("NaN", ".nan").replace("Infinity", ".inf")
    ended = run_dbt(database, "run", "--vars", as_yaml)
    assert ended.returncode != 0
    for name, value in values.items():
        assert f"{name} is {json.dumps(value)}, and a number is allowed: " in ended.stdout
    assert tables(database) == []


@pytest.mark.parametrize("value", NO_NUMBERS, ids=json.dumps)
def test_what_is_no_number_is_refused_by_name(database: Path, value: Any) -> None:
    refuse(database, dict.fromkeys(NAMES, value))


@pytest.mark.parametrize(
    "values",
    [
        dict.fromkeys(NAMES, -1),
        dict.fromkeys(NAMES, -0.1),
        {
            "completed_ratio_threshold": 0,
            "fallback_episode_runtime_seconds": 0,
            "fallback_movie_runtime_seconds": 0,
            "longest_event_hours": 0,
            "adherence_return_sessions": 0,
        },
        {
            "completed_ratio_threshold": 1.01,
            "partial_ratio_threshold": 1.02,
            "fallback_episode_runtime_seconds": 1500.5,
            "fallback_movie_runtime_seconds": 7200.0,
        },
        # Above the other threshold, which is 0.9.
        {"partial_ratio_threshold": 0.95},
    ],
)
def test_a_number_without_meaning_is_refused_by_name(database: Path, values: dict[str, float]) -> None:
    refuse(database, values)


@pytest.mark.parametrize("command", ["build", "run", "test"])
def test_every_command_that_runs_models_or_tests_refuses(database: Path, command: str) -> None:
    ended = run_dbt(database, command, "--select", "stg_emby__users", "--vars", '{"session_gap_minutes": -1}')
    assert ended.returncode != 0
    assert "session_gap_minutes is -1, and a number is allowed: 0 or more." in ended.stdout
    assert tables(database) == []


@pytest.mark.parametrize(
    "values",
    [
        {
            "session_gap_minutes": 0,
            "min_sampled_seconds": 0,
            "partial_ratio_threshold": 0,
            "fallback_movie_runtime_seconds": 1,
            "longest_event_hours": 0.5,
            "future_tolerance_hours": 0,
        },
        {"session_gap_minutes": 0.5, "completed_ratio_threshold": 1, "partial_ratio_threshold": 1},
        # As high as the other threshold, which is 0.25.
        {"completed_ratio_threshold": 0.25},
    ],
)
def test_a_value_at_the_edge_is_allowed(database: Path, values: dict[str, float]) -> None:
    ended = run_dbt(database, "run", "--select", "stg_tmdb__genres", "--vars", json.dumps(values))
    assert ended.returncode == 0, ended.stdout


def test_every_var_of_the_project_has_its_rule() -> None:
    lines = (PROJECT / "dbt_project" / "dbt_project.yml").read_text(encoding="utf-8").splitlines()
    first = lines.index("vars:") + 1
    named = [line.split(":")[0].strip() for line in lines[first : lines.index("", first)] if "#" not in line]
    assert named == list(NAMES)


def test_a_misspelt_name_is_refused(database: Path) -> None:
    ended = run_dbt(database, "run", "--select", "stg_tmdb__genres", "--vars", '{"session_gap_minute": 20}')
    assert ended.returncode != 0
    assert "session_gap_minute is no var of this project, which has session_gap_minutes, " in ended.stdout


def test_what_dbt_makes_of_the_project_does_not_depend_on_vars(database: Path, tmp_path: Path) -> None:
    """That is why tests may share it between builds with different ones."""

    def manifest(folder: str, *arguments: str) -> dict[str, Any]:
        ended = run_dbt(database, "parse", "--write-json", *arguments, target=tmp_path / folder)
        assert ended.returncode == 0, ended.stdout
        read: dict[str, Any] = json.loads(
            (tmp_path / folder / "manifest.json").read_text(encoding="utf-8"),
            object_hook=lambda found: {name: value for name, value in found.items() if name != "created_at"},
        )
        del read["metadata"]
        return read

    other_vars = json.dumps(dict.fromkeys(NAMES, 0.123))
    assert manifest("other", "--vars", other_vars) == manifest("own")


@pytest.mark.parametrize("command", [("parse",), ("compile",), ("docs", "generate"), ("list",)])
def test_commands_that_build_nothing_do_not_ask(database: Path, command: tuple[str, ...]) -> None:
    ended = run_dbt(database, *command, "--vars", '{"session_gap_minutes": -1}')
    assert ended.returncode == 0, ended.stdout


def test_a_value_in_the_project_file_is_refused_too(tmp_path: Path) -> None:
    database, project = tmp_path / "warehouse.db", tmp_path / "dbt_project"
    with Warehouse(database):
        pass
    for folder in ("models", "macros", "data_tests", "seeds"):
        (project / folder).parent.mkdir(exist_ok=True)
        (project / folder).symlink_to(PROJECT / "dbt_project" / folder)
    text = (PROJECT / "dbt_project" / "dbt_project.yml").read_text(encoding="utf-8")
    changed = text.replace("session_gap_minutes: 15", "session_gap_minutes: fifteen")
    assert changed != text
    (project / "dbt_project.yml").write_text(changed, encoding="utf-8")
    ended = run_dbt(database, "run", project=project)
    assert ended.returncode != 0
    assert 'session_gap_minutes is "fifteen", and a number is allowed: 0 or more.' in ended.stdout
    assert tables(database) == []
