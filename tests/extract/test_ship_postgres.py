"""What a shipment does inside PostgreSQL, to the tables and to who reads them."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import Result

from extract.landing.raw_tables import RAW_TABLES
from tests.engines.postgres_server import Database
from tests.shipping import EVENTS, in_database, in_postgres, load

Extract = Callable[..., Result]
FIRST, SECOND = "2025-01-01 00:00:00", "2025-01-02 00:00:00"
COLUMNS = f"""
select attname, format_type(atttypid, null), collname from pg_attribute
left join pg_collation on pg_collation.oid = attcollation
where attrelid = 'emby_raw.{EVENTS}'::regclass and attnum > 0 and not attisdropped order by attnum
"""


@pytest.fixture
def shipped(extract: Extract, database: Path, postgres: Database) -> Database:
    load(database, FIRST, items=["1", "2"], events=["a", "b"])
    assert extract("ship", postgres.address()).exit_code == 0
    return postgres


def test_texts_are_compared_byte_by_byte_and_integers_have_64_bits(shipped: Database) -> None:
    columns = shipped.ask(COLUMNS)
    assert columns[0] == ("source", "text", "C")
    assert columns[-1] == ("load_id", "bigint", None)
    assert len(columns) == 16


def test_the_planner_knows_the_tables(shipped: Database) -> None:
    analysed = "select count(distinct tablename) from pg_stats where schemaname = 'emby_raw' and tablename = any(%s)"
    filled = [table.name for table in RAW_TABLES if in_postgres(shipped)[table.name]]
    assert shipped.ask(analysed, filled) == [(len(filled),)]


def test_rows_that_the_archive_has_are_not_touched(extract: Extract, database: Path, shipped: Database) -> None:
    by_row = f"select played_at_local, xmin::text::bigint, ctid::text from emby_raw.{EVENTS} order by 1"
    before = shipped.ask(by_row)
    load(database, SECOND, events=["c"])
    assert extract("ship", shipped.address()).exit_code == 0
    after = shipped.ask(by_row)
    assert after[:2] == before
    assert after[2][1] > before[1][1]


@pytest.mark.parametrize(
    "by_hand",
    [
        f"delete from emby_raw.{EVENTS} where played_at_local = 'a'",
        f"delete from emby_raw.{EVENTS}",
        f"insert into emby_raw.{EVENTS} (load_id) values (null)",
        f"insert into emby_raw.{EVENTS} (load_id, first_loaded_at) values (9, '2026-01-01')",
        f"insert into emby_raw.{EVENTS} select * from emby_raw.{EVENTS}",
        "delete from emby_raw.raw_emby_items",
        "update emby_raw.raw_emby_items set payload = 'mine'",
        f"drop table emby_raw.{EVENTS}",
        "drop schema emby_raw cascade",
        f"alter table emby_raw.{EVENTS} drop column client_name",
        f"alter table emby_raw.{EVENTS} add column mine text",
        f"alter table emby_raw.{EVENTS} alter column load_id type text",
        f'alter table emby_raw.{EVENTS} alter column client_name type text collate "default"',
        f"alter table emby_raw.{EVENTS} alter column client_name type varchar(20)",
        f"truncate emby_raw.{EVENTS}",
    ],
)
def test_what_was_changed_at_the_target_is_put_right(
    extract: Extract, database: Path, shipped: Database, by_hand: str
) -> None:
    shipped.ask(by_hand)
    load(database, SECOND, items=["1"], events=["c"])
    result = extract("ship", shipped.address())
    assert result.exit_code == 0, result.output
    assert in_postgres(shipped) == in_database(database)
    declared = next(table for table in RAW_TABLES if table.name == EVENTS).columns
    types = {name: ("text", "C") if type_.startswith("text") else ("bigint", None) for name, type_ in declared.items()}
    assert types.items() <= {name: (type_, sorting) for name, type_, sorting in shipped.ask(COLUMNS)}.items()


def test_a_column_is_added_under_a_view_that_reads_the_table(
    extract: Extract, database: Path, shipped: Database
) -> None:
    shipped.ask(f"alter table emby_raw.{EVENTS} drop column item_name")
    shipped.ask(f"create view events as select played_at_local from emby_raw.{EVENTS}")
    result = extract("ship", shipped.address())
    assert result.exit_code == 0, result.output
    assert in_postgres(shipped) == in_database(database)
    assert shipped.ask("select * from events order by 1") == [("a",), ("b",)]


def test_a_table_of_another_declaration_is_set_aside_until_no_view_reads_it(
    extract: Extract, database: Path, shipped: Database
) -> None:
    tables = (
        "select tablename from pg_tables where schemaname = 'emby_raw' and tablename like '%%outdated%%' order by 1"
    )
    for number in (1, 2):
        shipped.ask(f"alter table emby_raw.{EVENTS} alter column load_id type text")
        shipped.ask(f"create view events_{number} as select played_at_local, load_id from emby_raw.{EVENTS}")
        assert extract("ship", shipped.address()).exit_code == 0
        assert in_postgres(shipped) == in_database(database)
        assert shipped.ask(f"select * from events_{number} order by 1") == [("a", "1"), ("b", "1")]
    assert shipped.ask(tables) == [(f"{EVENTS}_outdated_1",), (f"{EVENTS}_outdated_2",)]
    # As dbt would make it anew.
    shipped.ask("drop view events_1")
    assert extract("ship", shipped.address()).exit_code == 0
    assert shipped.ask(tables) == [(f"{EVENTS}_outdated_2",)]


def test_a_reader_sees_the_former_tables_until_all_are_new(extract: Extract, database: Path, shipped: Database) -> None:
    """Also one whose transaction began before, which would see nothing of a table that was truncated."""
    before = in_database(database)
    with closing(shipped.connect()) as reader, reader.cursor() as cursor:
        cursor.execute("begin isolation level repeatable read")
        cursor.execute("select 1 from emby_raw.raw_emby_users")
        load(database, SECOND, items=["1", "3"], events=["c"], payload='{"Name": "new"}')
        assert extract("ship", shipped.address()).exit_code == 0
        cursor.execute("select item_id, payload from emby_raw.raw_emby_items order by 1")
        assert cursor.fetchall() == [("1", "{}"), ("2", "{}")]
        cursor.execute(f"select count(*) from emby_raw.{EVENTS}")
        assert cursor.fetchall() == [(len(before[EVENTS]),)]
    assert in_postgres(shipped) == in_database(database)


def test_what_fails_at_the_very_end_leaves_every_table_as_it_was(
    extract: Extract, database: Path, shipped: Database
) -> None:
    before = in_postgres(shipped)
    shipped.ask("create function refuse() returns trigger language plpgsql as $$ begin raise 'not today'; end $$")
    shipped.ask(
        "create constraint trigger refuse after insert on emby_raw.raw_emby_users deferrable initially deferred "
        "for each row execute function refuse()"
    )
    load(database, SECOND, items=["1"], events=["c"])
    result = extract("ship", shipped.address())
    assert result.exit_code == 1
    assert result.stderr.endswith("is as it was, because of this: not today.\n")
    assert in_postgres(shipped) == before


def test_what_is_not_of_the_product_stays(extract: Extract, shipped: Database) -> None:
    shipped.ask("create table emby_raw.notes (note text)")
    shipped.ask("create table raw_emby_items (mine text)")
    assert extract("ship", shipped.address()).exit_code == 0
    assert shipped.ask("select * from emby_raw.notes") == shipped.ask("select * from raw_emby_items") == []


def test_a_view_in_the_place_of_a_table_is_told(extract: Extract, shipped: Database) -> None:
    shipped.ask("drop table emby_raw.raw_emby_users")
    shipped.ask("create view emby_raw.raw_emby_users as select 1 as one")
    result = extract("ship", shipped.address())
    assert result.exit_code == 1
    assert "raw_emby_users" in result.stderr
    assert len(result.stderr.splitlines()) == 1
