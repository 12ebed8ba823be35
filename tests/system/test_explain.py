"""An explanation's parts sum to the numbers of the marts, for every session and every title that anybody played."""

import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from extract.cli import main as extract
from extract.demo.household import Household, make_household
from extract.demo.loopback import serve
from extract.demo.servers import API_KEY, READ_ACCESS_TOKEN, Emby, Tmdb
from extract.explain.__main__ import main
from extract.explain.chosen import Chosen
from extract.explain.parts import Part, compile_analyses, connect, explain
from extract.landing.warehouse import Warehouse
from extract.run.report import Report
from extract.settings import Settings
from tests.dbt import run_dbt
from tests.environment import PROJECT, environment
from tests.household import ANN, BEFORE, BOB

# Others than the project's, which the explanation has to follow, as the tables do.
VARS = "{session_gap_minutes: 20, completed_ratio_threshold: 0.8, adherence_return_sessions: 2}"
HOUSEHOLDS = {
    "small": (BEFORE, ()),
    "demo": (make_household(datetime(2025, 12, 15, 3, tzinfo=UTC)), ()),
    "small, other vars": (BEFORE, ("--vars", VARS)),
}


class Warehoused:
    """A household's warehouse, and what explains it."""

    def __init__(self, database: Path, household: Household, arguments: tuple[str, ...]) -> None:
        with serve(Emby(household)) as emby, serve(Tmdb(household)) as tmdb:
            settings = {"EMBY_BASE_URL": emby, "EMBY_API_KEY": API_KEY, "TMDB_BASE_URL": tmdb}
            settings |= {"TMDB_READ_ACCESS_TOKEN": READ_ACCESS_TOKEN, "WAREHOUSE_PATH": str(database)}
            assert CliRunner().invoke(extract, env=settings).exit_code == 0
        ended = run_dbt(database, "run", *arguments)
        assert ended.returncode == 0, ended.stdout
        self.database = database
        self.connection = connect(database)
        self.statements = compile_analyses(self.connection, Settings({}), Report(quiet=True))

    def rows(self, sql: str, *parameters: str) -> list[sqlite3.Row]:
        self.connection.row_factory = sqlite3.Row
        try:
            return self.connection.execute(sql, parameters).fetchall()
        finally:
            self.connection.row_factory = None

    def explained(self, user_id: str, item_id: str, session_id: str | None = None) -> dict[str, list[Part]]:
        parts = list(explain(self.connection, self.statements, Chosen(user_id, item_id, session_id, "")))
        assert all(part.words for part in parts)
        grouped = {about: list(rows) for about, rows in groupby(parts, key=lambda part: part.about)}
        assert sum(map(len, grouped.values())) == len(parts)
        return grouped


@pytest.fixture(scope="module", params=HOUSEHOLDS)
def warehouse(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehoused]:
    made = Warehoused(tmp_path_factory.mktemp("explain") / "warehouse.db", *HOUSEHOLDS[request.param])
    yield made
    made.connection.close()


def total(parts: list[Part]) -> float | None:
    """Return the total, after asserting that the parts sum to it."""
    (found,) = [part.amount for part in parts if part.kind == "total"]
    amounts = [part.amount for part in parts if part.kind == "part"]
    assert sum(amount or 0 for amount in amounts) == pytest.approx(found or 0, abs=1e-9)
    assert amounts or found is None
    return found


def check_session(session: sqlite3.Row, explained: dict[str, list[Part]]) -> None:
    at = session["started_local"]
    events = explained[f"Events of the session of {at}"]
    assert total(events) == session["total_seconds_watched"]
    assert len(events) == session["event_count"] + 1
    rated = {part.part: part for part in explained[f"How much of it, in the session of {at}"]}
    assert rated["runtime"].amount == session["runtime_seconds"]
    assert rated["completion ratio"].amount == session["completion_ratio"]
    assert rated["outcome"].words.lower().startswith(session["outcome"])
    if session["runtime_seconds"] is not None:
        quotient = session["total_seconds_watched"] / session["runtime_seconds"]
        assert rated["completion ratio"].amount == pytest.approx(min(1, quotient))
        reached = [
            name
            for name in ("completed", "partial", "sampled")
            if session["total_seconds_watched"] >= (rated[f"{name} from"].amount or 0)
        ]
        assert [*reached, "abandoned"][0] == session["outcome"]
    total(explained[f"Viewing {session['viewing_number']}"])


def test_every_sessions_parts_sum_to_its_numbers(warehouse: Warehoused) -> None:
    sessions = warehouse.rows("select * from watch_sessions")
    assert len(sessions) >= 8
    for session in sessions:
        explained = warehouse.explained(session["user_id"], session["item_id"], session["session_id"])
        check_session(session, explained)
        assert [about for about in explained if about.startswith("Events of")] == [
            f"Events of the session of {session['started_local']}"
        ]
        received = {part.part: part.amount for part in explained["What was received"] if part.kind == "part"}
        assert received["used"] == session["event_count"]


def test_every_titles_parts_sum_to_its_statistics(warehouse: Warehoused) -> None:
    played = warehouse.rows("select * from user_item_stats")
    for statistics in played:
        user_id, item_id = statistics["user_id"], statistics["item_id"]
        explained = warehouse.explained(user_id, item_id)
        where = "where user_id = ? and item_id = ?"
        for session in warehouse.rows(f"select * from watch_sessions {where}", user_id, item_id):
            check_session(session, explained)
        assert total(explained["Seconds watched in all"]) == statistics["total_seconds_watched"]
        assert total(explained["Completed viewings"]) == statistics["viewing_count"]
        assert total(explained["Adherence score"]) == statistics["adherence_score"]
        viewings = [parts for about, parts in explained.items() if re.fullmatch(r"Viewing \d+", about)]
        assert sum(total(parts) or 0 for parts in viewings) == statistics["total_seconds_watched"]
        completed = [parts[-1].words.startswith("Completed") for parts in viewings]
        assert sum(completed) == statistics["viewing_count"]


def test_every_observation_is_told_of_once_with_its_status(warehouse: Warehoused) -> None:
    for pair in warehouse.rows("select distinct user_id, item_id from watch_event_observations"):
        parts = warehouse.explained(*pair)["What was received"]
        expected = warehouse.rows(
            "select status, count(*) as n from watch_event_observations where user_id = ? and item_id = ? group by 1",
            *pair,
        )
        counts = {part.part: part.amount for part in parts if part.kind == "part" and part.amount}
        assert counts == {row["status"]: row["n"] for row in expected}
        verdicts = [part.words.split(":")[0] for part in parts if part.kind == "fact"]
        told = {"used": "Used", "superseded": "Not used", "rejected": "Rejected"}
        assert {status: verdicts.count(word) for status, word in told.items() if word in verdicts} == counts
        assert len(verdicts) == total(parts)


def ask(database: Path, *arguments: str, **settings: str) -> Result:
    return CliRunner().invoke(main, arguments, env={"WAREHOUSE_PATH": str(database), **settings})


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = Warehoused(tmp_path_factory.mktemp("small") / "warehouse.db", BEFORE, ())
    made.connection.close()
    return made.database


def test_an_explanation_reads_as_sentences(small: Path) -> None:
    result = ask(small, "--user", "ANN", "--title", "detour")
    assert result.exit_code == 0, result.output
    lines = [re.sub(" {2,}", " | ", line.strip()) for line in result.stdout.splitlines()]
    gap = "Same session: it starts 900 s after the latest end so far, and up to 900 s stay in it."
    completed = "Completes it: 3,240 s so far, and 3,240 s are needed (90 % of the runtime)."
    for line in (
        f"2025-09-10 20:45:00, Emby Web on Firefox | 1,800 s | {gap}",
        f"session of 2025-09-02 20:00:00 | 1,240 s | {completed}",
        "= adherence score | 1 | the sum of the three",
    ):
        assert line in lines, result.stdout


def test_a_second_explanation_does_not_read_the_project_anew(small: Path, tmp_path: Path) -> None:
    folders = {"DBT_TARGET_PATH": str(tmp_path / "target"), "DBT_LOG_PATH": str(tmp_path / "logs")}
    said = set()
    for database in (small, Path(shutil.copy(small, tmp_path))):
        result = ask(database, "--user", BOB, "--title", "1", **folders)
        assert result.exit_code == 0, result.output
        said.add(result.stdout)
    assert len(said) == 1
    log = (tmp_path / "logs" / "dbt.log").read_text(encoding="utf-8")
    assert len([line for line in log.splitlines() if '"Unable to do partial parsing' in line]) == 1
    assert [path.name for path in (tmp_path / "target" / "explain").iterdir()] == ["partial_parse.msgpack"]


def test_what_dbt_has_read_is_told_of_if_it_cannot_be_kept(small: Path, tmp_path: Path) -> None:
    (tmp_path / "target").mkdir()
    (tmp_path / "target" / "explain").touch()
    result = ask(small, "--user", BOB, "--title", "1", DBT_TARGET_PATH=str(tmp_path / "target"))
    assert result.exit_code == 1
    assert result.stderr.strip().endswith(f"{tmp_path}/target/explain/partial_parse.msgpack: File exists.")


def test_a_rejected_observation_alone_is_explained(small: Path) -> None:
    result = ask(small, "--user", BOB, "--title", "1")
    assert result.exit_code == 0, result.output
    assert "Rejected: its duration is less than nothing. Received: played -17 s" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--session", "a|b|c"], "There is no session a|b|c: "),
        (["--user", "zoe", "--title", "Detour"], "There is no user zoe: "),
        (["--user", "ann", "--title", "Charade"], "There is no title Charade that ann played: "),
        (["--user", "an", "--title", "Detour"], "There is no user an (similar: ann): look into users."),
        (["--user", "ann", "--title", "detuor"], "There is no title detuor that ann played (similar: Detour): "),
        (["--user", "ann", "--title", "superman"], "superman is a series: give one of its episodes as TITLE: 11 ("),
        (["--user", "ann"], "Say what to explain: "),
        (["--session", "a|b|c", "--user", "ann"], "Say what to explain: "),
        ([], "Say what to explain: "),
    ],
)
def test_what_is_not_there_is_said_in_a_sentence(small: Path, arguments: list[str], words: str) -> None:
    result = ask(small, *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(words)
    assert result.stderr.count("\n") == 1


def test_several_of_one_name_are_listed_with_their_ids(small: Path, tmp_path: Path) -> None:
    database = tmp_path / "copy.db"
    with closing(sqlite3.connect(small)) as source, closing(sqlite3.connect(database)) as target, target:
        source.backup(target)
        target.execute("update user_item_stats set item_name = 'Detour' where user_id = ?", (ANN,))
    result = ask(database, "--user", "ann", "--title", "Detour")
    assert result.exit_code == 2
    assert result.stderr == "2 are called Detour: give the id of one as TITLE: 1 (Detour); 11 (Detour).\n"


def test_without_a_warehouse_or_its_tables_it_says_what_to_run(tmp_path: Path) -> None:
    database = tmp_path / "warehouse.db"
    result = ask(database, "--user", "ann", "--title", "Detour")
    assert (result.exit_code, result.stderr) == (2, f'There is no database at {database} yet: run "make run" first.\n')
    assert not database.exists()
    with Warehouse(database):
        pass
    result = ask(database, "--user", "ann", "--title", "Detour")
    words = f'The tables of {database} are not built yet: run "make build" first.\n'
    assert (result.exit_code, result.stderr) == (2, words)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (["USER=o'neil", "TITLE=A $$ b"], ["--user=o'neil", "--title=A $ b"]),
        (["SESSION=a|b|2025-01-01 10:00:00"], ["--session=a|b|2025-01-01 10:00:00"]),
        ([], []),
    ],
)
def test_make_passes_what_it_was_told_and_no_login_name(tmp_path: Path, said: list[str], expected: list[str]) -> None:
    (tmp_path / "python").write_text('#!/bin/sh\nshift 2\nprintf "%s\\n" "$@"\n', encoding="utf-8")
    (tmp_path / "python").chmod(0o700)
    ended = subprocess.run(
        ["make", "--no-print-directory", "--old-file=install", "explain", f"BIN={tmp_path}", *said],
        cwd=PROJECT,
        env={**environment(), "USER": "login", "SESSION": "desktop", "PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=True,
    )
    assert [line for line in ended.stdout.splitlines() if line] == expected, sys.executable
