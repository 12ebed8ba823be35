"""The questions of docs/questions.md have the answers that stand there."""

import re
import sqlite3
import subprocess
import sys
from contextlib import ExitStack, closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from extract.demo.household import make_household
from extract.demo.loopback import serve
from extract.demo.servers import API_KEY, READ_ACCESS_TOKEN, Emby, Tmdb
from tests.dbt import run_models
from tests.environment import PROJECT, environment

PAGE = (PROJECT / "docs" / "questions.md").read_text(encoding="utf-8")
QUESTIONS = re.findall(r"## ([^\n]+)\n\n```sql\n(.+?)\n```\n\n((?:\|[^\n]*\n)+)", PAGE, re.DOTALL)
MOST_LINES, MOST_MARTS = 3, 2


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    database = tmp_path_factory.mktemp("questions") / "warehouse.db"
    household = make_household(datetime(2026, 2, 1, tzinfo=UTC))
    with ExitStack() as stack:
        settings = {
            "EMBY_BASE_URL": stack.enter_context(serve(Emby(household))),
            "EMBY_API_KEY": API_KEY,
            "TMDB_BASE_URL": stack.enter_context(serve(Tmdb(household))),
            "TMDB_READ_ACCESS_TOKEN": READ_ACCESS_TOKEN,
            "WAREHOUSE_PATH": str(database),
        }
        subprocess.run([sys.executable, "-m", "extract", "--quiet"], env=environment(**settings), check=True)
    run_models(database)
    return database


def answer(database: Path, sql: str) -> str:
    """Return the answer as a table of Markdown."""
    with closing(sqlite3.connect(database)) as connection:
        cursor = connection.execute(sql)
        rows = [[name for name, *_ in cursor.description], *cursor]
    lines = ["| " + " | ".join("" if value is None else str(value) for value in row) + " |" for row in rows]
    lines.insert(1, "|" + " --- |" * len(rows[0]))
    return "\n".join(lines) + "\n"


def test_every_question_of_the_page_is_found() -> None:
    assert len(QUESTIONS) == PAGE.count("\n## ") == 10


@pytest.mark.parametrize(
    ("sql", "expected"), [found[1:] for found in QUESTIONS], ids=[question for question, *_ in QUESTIONS]
)
def test_a_question_has_its_answer(warehouse: Path, sql: str, expected: str) -> None:
    assert answer(warehouse, sql) == expected
    assert len(sql.splitlines()) <= MOST_LINES
    assert len(re.findall(r"\b(?:from|join) (\w+)", sql)) <= MOST_MARTS
