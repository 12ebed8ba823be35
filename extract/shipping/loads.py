"""Find which loads of an append-only table a target lacks, by comparing those that each side holds."""

from extract.landing.raw_tables import FIRST_LOADED_AT, LOAD_ID

# By number of the load: how many rows it appended, and the first and last time that they say. The number alone is not
# enough: a database that was restored gives numbers again that its lost loads had. The number is null in rows that
# somebody wrote by hand.
Loads = dict[int | None, tuple[int, str | None, str | None]]


def loads_sql(relation: str) -> str:
    """Return the query for the loads of a table, on any engine: number, rows, first and last time."""
    return (
        f"select {LOAD_ID}, count(*), min({FIRST_LOADED_AT}), max({FIRST_LOADED_AT}) from {relation} group by {LOAD_ID}"
    )


def lacking(ours: Loads, held: Loads) -> set[int | None] | None:
    """Return the numbers of the loads that a target lacks; None if it holds other rows, and has to be filled anew."""
    if any(ours.get(load) != content for load, content in held.items()):
        return None
    return ours.keys() - held.keys()
