"""Each macro in macros/sqlite_adapter mends what dbt-sqlite does otherwise; without it, its test here fails."""

import shutil
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from extract.landing.warehouse import Warehouse
from tests.dbt import run_dbt
from tests.environment import PROJECT, Rows

SCRATCH_MODELS = {
    "numbers": (
        "{{ config(materialized='table', post_hook=index_on(['number'])) }} select {{ var('value', '1') }} as number"
    ),
    "numbers_view": "{{ config(materialized='view') }} select {{ var('source', 'number') }} as number from numbers",
    "typed": "{{ config(materialized='table') }} select {{ var('value', '1') }} as number",
    "texts": "select 'e' || 'x' as text_column",
    "reads_texts": "select 'is ' || text_column as sentence from {{ ref('texts') }}",
}
SCRATCH_YAML = """
version: 2
models:
  - name: typed
    config: {contract: {enforced: true}}
    columns:
      - name: number
        data_type: "{{ var('type', 'integer') }}"
        constraints: [{type: not_null}]
unit_tests:
  - name: a_text_stays_a_text
    model: reads_texts
    given:
      - input: ref('texts')
        rows: [{text_column: e1}, {text_column: "007"}]
    expect:
      rows: [{sentence: is e1}, {sentence: is 007}]
"""


class Scratch:
    """A copy of the project with a few models of its own, and a database."""

    def __init__(self, folder: Path) -> None:
        self.project = folder / "dbt_project"
        self.database = folder / "warehouse.db"
        shutil.copytree(
            PROJECT / "dbt_project",
            self.project,
            ignore=shutil.ignore_patterns("models", "data_tests", "analyses", "seeds", "target", "logs", "data"),
        )
        settings = self.project / "dbt_project.yml"
        # The scratch models have vars of their own, and no sources that a build could be up to date with.
        hooks = ("on-run-start", "on-run-end", "refuse_vars_without_meaning", "copy_raw_tables", "begin_build")
        lines = settings.read_text(encoding="utf-8").splitlines()
        kept = [line for line in lines if not any(hook in line for hook in (*hooks, "another_build_began"))]
        settings.write_text("\n".join(kept), encoding="utf-8")
        models = self.project / "models" / "scratch"
        models.mkdir(parents=True)
        for name, sql in SCRATCH_MODELS.items():
            (models / f"{name}.sql").write_text(sql, encoding="utf-8")
        (models / "scratch.yml").write_text(SCRATCH_YAML, encoding="utf-8")

    def build(self, select: str, variables: str = "{}") -> str:
        """Run `dbt build`; return what failed, or nothing."""
        ended = run_dbt(self.database, "build", "--select", select, "--vars", variables, project=self.project)
        return "" if ended.returncode == 0 else ended.stdout

    def ask(self, sql: str) -> Rows:
        with closing(sqlite3.connect(self.database)) as connection:
            return connection.execute(sql).fetchall()


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Scratch:
    scratch = Scratch(tmp_path_factory.mktemp("scratch"))
    with Warehouse(scratch.database):
        pass  # the raw tables, which open_transaction needs
    # This builds reads_texts, whose unit test fails if fixtures of views lose their texts.
    assert scratch.build("numbers numbers_view typed texts reads_texts") == ""
    return scratch


def test_a_table_that_fails_to_rebuild_stays_as_it_was(scratch: Scratch) -> None:
    assert "no such column" in scratch.build("numbers", "{value: nosuch}")
    assert scratch.ask("select number from numbers") == [(1,)]


def test_a_view_that_fails_to_rebuild_stays_as_it_was(scratch: Scratch) -> None:
    assert "syntax error" in scratch.build("numbers_view", "{source: ')'}")
    assert scratch.ask("select number from numbers_view") == [(1,)]


def test_a_model_waits_longer_for_a_writer_than_the_adapter_would(scratch: Scratch) -> None:
    """The adapter's own patience is five seconds; this writer keeps a model waiting for longer."""
    writer = sqlite3.connect(scratch.database, check_same_thread=False, isolation_level=None)
    writer.execute("begin immediate")
    held = threading.Timer(15, writer.execute, ("rollback",))
    held.start()
    try:
        assert scratch.build("numbers") == ""
    finally:
        held.join()
        writer.close()


def test_a_contract_enforces_types(scratch: Scratch) -> None:
    assert "cannot store TEXT value in INTEGER column typed.number" in scratch.build("typed", "{value: \"'abc'\"}")
    assert scratch.ask("select number from typed") == [(1,)]


def test_a_contract_enforces_not_null(scratch: Scratch) -> None:
    assert "NOT NULL constraint failed: typed.number" in scratch.build("typed", "{value: 'null'}")
    assert scratch.ask("select number from typed") == [(1,)]


def test_a_contract_with_an_unknown_type_is_told(scratch: Scratch) -> None:
    assert 'a contract knows no type "money"' in scratch.build("typed", "{type: money}")


def test_an_index_is_made(scratch: Scratch) -> None:
    assert scratch.ask("select name from sqlite_master where name like 'ix%'") == [("ix_numbers__number",)]
