"""How dbt finds out what a build has to do: two runs at once, previews, and why a build is a full one."""

import json
import re
import shutil
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from extract.demo.loopback import serve
from extract.demo.servers import API_KEY, Emby
from tests.dbt import DBT, columns_of, run_dbt, run_models
from tests.environment import PROJECT, Rows, environment
from tests.household import BEFORE

MARTS = ("library_items", "watch_events", "watch_sessions", "user_item_stats", "users", "item_genres")
ROUNDS = 20


def ask(database: Path, sql: str) -> Rows:
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute(sql).fetchall()


def marts(database: Path) -> dict[str, Rows]:
    with closing(sqlite3.connect(database)) as connection:
        return {
            mart: sorted(connection.execute(f"select {', '.join(columns_of(connection, mart))} from {mart}"), key=repr)
            for mart in MARTS
        }


@pytest.fixture(scope="module")
def once_built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    database = tmp_path_factory.mktemp("builds") / "warehouse.db"
    with ExitStack() as stack:
        url = stack.enter_context(serve(Emby(BEFORE)))
        subprocess.run(
            [sys.executable, "-m", "extract", "--quiet"],
            env=environment(EMBY_BASE_URL=url, EMBY_API_KEY=API_KEY, WAREHOUSE_PATH=str(database)),
            check=True,
        )
    run_models(database)
    return database


@pytest.fixture
def warehouse(once_built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(once_built, tmp_path))


def why(output: str) -> str:
    """Return what dbt said of how much it builds."""
    (said,) = re.findall(r"Building (in full: .*|what changed since the last complete build)", output)
    return str(said)


def test_two_runs_at_once_leave_every_table_whole(warehouse: Path, tmp_path: Path) -> None:
    """One of them may be told to stop; what it left out, the next build makes."""
    before = marts(warehouse)
    refused = 0

    def run(number: int, *arguments: str) -> subprocess.CompletedProcess[str]:
        return run_dbt(warehouse, "run", *arguments, target=tmp_path / f"target-{number}")

    with ThreadPoolExecutor(2) as both:
        for _ in range(ROUNDS):
            ended = [
                both.submit(run, 1, "--full-refresh", "--select", "watch_sessions"),
                both.submit(run, 2, "--select", "user_item_stats"),
            ]
            for each in (future.result() for future in ended):
                refused += each.returncode
                assert each.returncode == 0 or "Another run of dbt on this database began" in each.stdout, each.stdout
            assert marts(warehouse) == before
    run_models(warehouse)
    assert marts(warehouse) == before
    assert refused < 2 * ROUNDS, "somebody always finishes"


def test_a_run_that_began_while_another_works_stops_the_older_one(warehouse: Path) -> None:
    before = marts(warehouse)
    # As if another one began right after this one, before its first model.
    with closing(sqlite3.connect(warehouse)) as connection, connection:
        connection.execute(
            "create trigger another after insert on builds when new.invocation_id <> 'another' begin "
            "update builds set invocation_id = 'another' where status = 'begun'; end"
        )
    ended = run_dbt(warehouse, "run")
    assert ended.returncode == 1
    assert "Another run of dbt on this database began" in ended.stdout
    assert ask(warehouse, "select count(*) from builds where status = 'complete' and invocation_id = 'another'") == [
        (0,)
    ]
    assert marts(warehouse) == before


@pytest.mark.parametrize("model", ["watch_events", "watch_sessions", "user_item_stats", "int_watch_sessions_formed"])
def test_a_preview_shows_rows(warehouse: Path, model: str) -> None:
    ended = run_dbt(warehouse, "show", "--select", model, "--output", "json", "--limit", "100", "--quiet")
    assert ended.returncode == 0, ended.stdout
    shown, _ = json.JSONDecoder().raw_decode(ended.stdout, ended.stdout.index("{"))
    assert len(shown["show"]) == ask(warehouse, f"select count(*) from {model}")[0][0] > 0


def test_a_build_tests_what_it_renews_and_dbt_test_everything(warehouse: Path) -> None:
    whole = "every_event_is_in_exactly_one_session"
    with closing(sqlite3.connect(warehouse)) as connection, connection:
        connection.execute("update watch_sessions set event_count = event_count + 1")
    assert run_dbt(warehouse, "build", "--select", whole, "users").returncode == 0
    assert run_dbt(warehouse, "test", "--select", whole).returncode == 1
    assert run_dbt(warehouse, "build", "--full-refresh", "--select", whole, "+watch_sessions").returncode == 0


def test_what_a_partial_run_did_not_take_up_is_no_lost_observation(warehouse: Path) -> None:
    with closing(sqlite3.connect(warehouse)) as connection, connection:
        columns = [name for _, name, *_ in connection.execute("pragma table_info(raw_emby_watch_events)")]
        others = ", ".join(name for name in columns if name not in {"source", "load_id"})
        connection.execute(
            f"insert into raw_emby_watch_events (source, load_id, {others}) select 'backup', 9, {others} "
            "from raw_emby_watch_events where source = 'query'"
        )
    whole = "no_observation_is_lost"
    assert run_dbt(warehouse, "run", "--select", "users").returncode == 0
    assert run_dbt(warehouse, "build", "--select", whole).returncode == 0
    assert run_dbt(warehouse, "run").returncode == 0
    assert run_dbt(warehouse, "build", "--select", whole).returncode == 0
    (count,) = ask(warehouse, "select count(*) from raw_emby_watch_events")
    assert ask(warehouse, "select count(*) from watch_event_observations") == [count]


def test_a_build_of_tests_alone_begins_none(warehouse: Path) -> None:
    before = ask(warehouse, "select * from builds")
    assert run_dbt(warehouse, "build", "--select", "test_type:singular").returncode == 0
    assert ask(warehouse, "select * from builds") == before


def test_a_build_during_which_the_clock_changed_is_not_complete(warehouse: Path) -> None:
    """The clock is changed back before the next build, which has no other way to see it."""
    before = marts(warehouse)
    with closing(sqlite3.connect(warehouse)) as connection, connection:
        connection.execute("update raw_emby_watch_events set load_id = 2")
        connection.execute(
            "create trigger another after insert on builds when new.status = 'begun' begin "
            "update raw_timezone_offsets set utc_offset_seconds = utc_offset_seconds + 3600; end"
        )
    assert run_dbt(warehouse, "run").returncode == 0
    with closing(sqlite3.connect(warehouse)) as connection, connection:
        connection.execute("drop trigger another")
        connection.execute("update raw_timezone_offsets set utc_offset_seconds = utc_offset_seconds - 3600")
    assert marts(warehouse) != before
    assert run_dbt(warehouse, "run").returncode == 0
    assert marts(warehouse) == before


def test_a_record_of_an_earlier_version_is_made_anew(warehouse: Path) -> None:
    with closing(sqlite3.connect(warehouse)) as connection, connection:
        connection.execute("alter table builds drop column last_extract_run")
    assert why(run_dbt(warehouse, "run").stdout) == "in full: there is no complete build with these models and settings"
    assert why(run_dbt(warehouse, "run").stdout) == "what changed since the last complete build"


@pytest.mark.parametrize("step", ["events", "%"])
def test_raw_tables_that_lack_what_the_last_build_saw_are_built_in_full(warehouse: Path, step: str) -> None:
    """A copy from before the last run was restored, or from the middle of it, and the record of the builds is left."""
    with closing(sqlite3.connect(warehouse)) as connection, connection:
        connection.execute("delete from raw_extract_runs where step like ?", [step])
    assert why(run_dbt(warehouse, "run").stdout) == "in full: the raw tables were restored from a copy, or are others"


def test_a_preview_and_a_test_leave_the_record_as_it_is(warehouse: Path) -> None:
    before = ask(warehouse, "select * from builds")
    for command in (("show", "--select", "watch_sessions"), ("compile",), ("test", "--select", "user_item_stats")):
        assert run_dbt(warehouse, *command).returncode == 0
    assert ask(warehouse, "select * from builds") == before


def test_a_build_says_how_much_it_builds_and_why(warehouse: Path) -> None:
    def said(*arguments: str) -> str:
        ended = run_dbt(warehouse, "run", *arguments)
        assert ended.returncode == 0, ended.stdout
        return why(ended.stdout)

    assert said() == "what changed since the last complete build"
    assert said("--vars", "{session_gap_minutes: 30}") == "in full: vars changed since the last one"
    assert said() == "in full: vars changed since the last one"
    assert said("--full-refresh") == "in full: --full-refresh was asked for"
    with closing(sqlite3.connect(warehouse)) as connection, connection:
        connection.execute("update raw_server_clock set zone = 'UTC' where zone like 'Aus%'")
    assert said() == "in full: clocks changed since the last one"
    assert said("--empty") == "in full: --empty or --sample was asked for"
    assert said() == "in full: there is no complete build with these models and settings"
    assert said() == "what changed since the last complete build"


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("epoch_seconds.sql", "{% macro", "{# Another word. #}{% macro"),
        ("epoch_seconds.sql", "'%s', {{ timestamp }}", "'%s', ({{ timestamp }})"),
        ("int_watch_sessions_formed.sql", "* 60", "* 61"),
    ],
    ids=["beside a macro", "in a macro", "in a model"],
)
def test_changed_code_is_built_in_full(warehouse: Path, tmp_path: Path, file: str, old: str, new: str) -> None:
    project = tmp_path / "dbt_project"
    shutil.copytree(PROJECT / "dbt_project", project, ignore=shutil.ignore_patterns("target", "logs", "data"))
    path = next(project.rglob(file))
    content = path.read_text(encoding="utf-8")
    assert old in content
    path.write_text(content.replace(old, new), encoding="utf-8")
    ended = run_dbt(warehouse, "run", project=project)
    assert ended.returncode == 0, ended.stdout
    is_code = not new.startswith("{#")
    wanted = "in full: models or macros changed since the last one" if is_code else "what changed"
    assert why(ended.stdout).startswith(wanted)


def test_a_build_before_anything_was_loaded_says_what_to_do(tmp_path: Path) -> None:
    ended = run_dbt(tmp_path / "warehouse.db", "build")
    assert ended.returncode != 0
    assert 'Nothing is loaded yet: run "python -m extract" first.' in ended.stdout


def test_a_database_that_lacks_tables_says_what_to_do(warehouse: Path) -> None:
    with closing(sqlite3.connect(warehouse)) as connection, connection:
        connection.execute("drop table raw_tautulli_plays")
    ended = run_dbt(warehouse, "build")
    assert ended.returncode != 0
    assert 'This database is of an earlier version: run "python -m extract" once' in ended.stdout


def test_with_another_programs_history_every_build_is_a_full_one(warehouse: Path) -> None:
    with closing(sqlite3.connect(warehouse)) as connection, connection:
        connection.execute("insert into raw_tautulli_plays values ('1', 'a', '{}', '2025-12-01 00:00:00', 9)")
    for _ in range(2):
        ended = run_dbt(warehouse, "run")
        assert ended.returncode == 0, ended.stdout
        assert why(ended.stdout) == "in full: another program's history was imported"
    # Somebody takes it out again: what was built of it has to go.
    with closing(sqlite3.connect(warehouse)) as connection, connection:
        connection.execute("delete from raw_tautulli_plays")
    assert why(run_dbt(warehouse, "run").stdout) == "in full: another program's history was imported"
    assert why(run_dbt(warehouse, "run").stdout) == "what changed since the last complete build"


def test_a_view_that_is_as_it_would_be_created_is_left_alone(warehouse: Path) -> None:
    numbered = "select rowid, name from sqlite_master where type = 'view' order by 1"
    before = ask(warehouse, numbered)
    assert len(before) > 20
    with closing(sqlite3.connect(warehouse)) as connection, connection:
        connection.execute("drop view stg_emby__users")
        connection.execute("create view stg_emby__users as select 1 as user_id")
    ended = run_dbt(warehouse, "run")
    assert ended.returncode == 0, ended.stdout
    views = {name: rowid for rowid, name in ask(warehouse, numbered)}
    assert {name for rowid, name in before if views[name] != rowid} <= {"stg_emby__users"}
    (statement,) = ask(warehouse, "select sql from sqlite_master where name = 'stg_emby__users'")
    assert "is_hidden" in statement[0]


def test_what_failed_is_retried(warehouse: Path) -> None:
    before = marts(warehouse)
    with closing(sqlite3.connect(warehouse)) as connection, connection:
        connection.execute(
            "create trigger refuse before insert on user_item_stats begin select raise(abort, 'refused'); end"
        )
        connection.execute("update raw_emby_watch_events set load_id = 2")
    assert run_dbt(warehouse, "run", "--write-json").returncode == 1
    assert run_dbt(warehouse, "retry", "--write-json").returncode == 1
    with closing(sqlite3.connect(warehouse)) as connection, connection:
        connection.execute("drop trigger refuse")
    ended = run_dbt(warehouse, "retry", "--write-json")
    assert ended.returncode == 0, ended.stdout
    assert marts(warehouse) == before
    run_models(warehouse)
    assert marts(warehouse) == before


def checkout(folder: Path) -> Path:
    """Return a copy of what dbt needs of the checkout."""
    for name in ("dbt_project", "profiles"):
        ignored = shutil.ignore_patterns("target", "logs")
        shutil.copytree(PROJECT / name, folder / name, symlinks=True, ignore=ignored)
    return folder


def dbt_in(folder: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [DBT, "--no-use-colors", *arguments],
        cwd=folder,
        env=environment(**settings),
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_command_works_from_the_folder_of_the_project_too(once_built: Path, tmp_path: Path) -> None:
    root = checkout(tmp_path)
    (root / "data").mkdir()
    shutil.copy(once_built, root / "data" / "emby_elt.db")
    for command in (["run"], ["build", "--select", "user_item_stats"], ["retry"], ["source", "freshness"], ["clean"]):
        ended = dbt_in(root / "dbt_project", *command)
        assert ended.returncode == 0 or command == ["retry"], ended.stdout
        assert "profiles.yml" not in ended.stdout
    assert not (root / "dbt_project" / "target").exists()
    assert marts(root / "data" / "emby_elt.db") == marts(once_built)


def test_the_target_dev_leaves_the_households_tables_alone(warehouse: Path, tmp_path: Path) -> None:
    copied = subprocess.run(
        [sys.executable, "-m", "extract.run", "dev"],
        env=environment(WAREHOUSE_PATH=str(warehouse)),
        capture_output=True,
        text=True,
        check=True,
    )
    dev = warehouse.with_name(f"{warehouse.name}.dev")
    assert copied.stdout.startswith(f"{dev} is a copy of {warehouse}.")
    before = warehouse.read_bytes()
    root = checkout(tmp_path / "checkout")
    ended = dbt_in(
        root / "dbt_project",
        *("run", "--target", "dev", "--vars", "{session_gap_minutes: 10000}"),
        WAREHOUSE_PATH=str(warehouse),
    )
    assert ended.returncode == 0, ended.stdout
    assert warehouse.read_bytes() == before
    assert marts(dev)["watch_sessions"] != marts(warehouse)["watch_sessions"]
