"""Create the raw tables in PostgreSQL as they are declared, and alter those of an older declaration.

Views of dbt depend on them, so a table with views cannot be dropped. Columns are added; where that is not enough, the
table is renamed, its views go on reading it, and it is dropped once dbt has made them anew.
"""

from itertools import count

import psycopg2
from psycopg2.extensions import cursor as Cursor  # noqa: N812 - a class, whatever its name

from extract.landing.raw_tables import RawTable
from extract.shipping.values import is_text

SCHEMA = "emby_raw"
TEXT, INTEGER = 'text collate "C"', "bigint"
SET_ASIDE = "_outdated_"
COLUMNS = """
select attribute.attname, format_type(attribute.atttypid, null) || coalesce(' collate "' || sorting.collname || '"', '')
from pg_attribute as attribute
left join pg_collation as sorting on sorting.oid = attribute.attcollation
where attribute.attrelid = to_regclass(%s) and attribute.attnum > 0 and not attribute.attisdropped
"""


def make_schema(cursor: Cursor) -> None:
    """Create the schema if it is missing. A user without the right to create schemas can use an existing one."""
    cursor.execute("select 1 from pg_namespace where nspname = %s", [SCHEMA])
    if cursor.fetchone() is None:
        cursor.execute(f"create schema {SCHEMA}")


def prepare(cursor: Cursor, table: RawTable) -> bool:
    """Create or alter a table to match its declaration. Return whether it matched before, so that its rows can stay."""
    cursor.execute(COLUMNS, [f"{SCHEMA}.{table.name}"])
    present = dict(cursor.fetchall())
    if present:
        # Waited for here, where a signal is heard, and not in the middle of rows.
        cursor.execute(f"lock table {SCHEMA}.{table.name} in row exclusive mode")
    declared = {name: TEXT if is_text(table, name) else INTEGER for name in table.columns}
    if any(present.get(name, type_) != type_ for name, type_ in declared.items()):
        _set_aside(cursor, table)
        present = {}
    if not present:
        # Without its constraints: what is here is a copy, and a row written by hand may break them.
        columns = ", ".join(f"{name} {type_}" for name, type_ in declared.items())
        cursor.execute(f"create table {SCHEMA}.{table.name} ({columns})")
        return False
    added = [f"add column {name} {type_}" for name, type_ in declared.items() if name not in present]
    if added:
        cursor.execute(f"alter table {SCHEMA}.{table.name} {', '.join(added)}")
    return not added


def drop_set_aside(cursor: Cursor, table: RawTable) -> None:
    """Drop former versions of a table that no view needs any more."""
    cursor.execute(
        "select tablename from pg_tables where schemaname = %s and starts_with(tablename, %s)",
        [SCHEMA, table.name + SET_ASIDE],
    )
    for (name,) in cursor.fetchall():
        cursor.execute("savepoint before_drop")
        try:
            cursor.execute(f"drop table {SCHEMA}.{name}")
        except psycopg2.errors.DependentObjectsStillExist:
            cursor.execute("rollback to savepoint before_drop")


def _set_aside(cursor: Cursor, table: RawTable) -> None:
    for number in count(1):
        name = f"{table.name}{SET_ASIDE}{number}"
        cursor.execute("select to_regclass(%s)", [f"{SCHEMA}.{name}"])
        if cursor.fetchone() == (None,):
            cursor.execute(f"alter table {SCHEMA}.{table.name} rename to {name}")
            return
