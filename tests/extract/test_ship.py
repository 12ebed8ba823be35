"""What holds wherever the raw tables are shipped to."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from extract.landing.lock import only_one
from extract.landing.raw_tables import RAW_TABLES
from tests.shipping import EVENTS, Target, change, in_database, load

Extract = Callable[..., Result]
FIRST, SECOND, THIRD = "2025-01-01 00:00:00", "2025-01-02 00:00:00", "2025-01-03 00:00:00"


def counts(result: Result) -> dict[str, tuple[str, str]]:
    """Return rows and copied rows of each table, as they were told."""
    assert result.exit_code == 0, result.output
    lines = [line.split() for line in result.stdout.splitlines() if line.startswith("raw_")]
    return {name: (rows, copied) for name, rows, copied in lines}


def test_every_row_of_every_table_arrives(extract: Extract, database: Path, target: Target) -> None:
    load(database, FIRST, items=["1", "2"], events=["2025-01-01 10:00:00", "2025-01-01 11:00:00"])
    assert extract("clock").exit_code == 0
    told = counts(extract("ship", target.name))
    assert target.held() == in_database(database)
    assert list(told) == [table.name for table in RAW_TABLES]
    assert told["raw_emby_items"] == ("2", "2")
    assert told["raw_tmdb_genres"] == ("0", "0")
    assert int(told["raw_timezone_offsets"][0].replace(",", "")) > 50


def test_of_an_archive_only_new_loads_are_copied(extract: Extract, database: Path, target: Target) -> None:
    load(database, FIRST, items=["1"], events=["a", "b"])
    assert counts(extract("ship", target.name))[EVENTS] == ("2", "2")
    assert counts(extract("ship", target.name))[EVENTS] == ("2", "0")
    load(database, SECOND, items=["1"], events=["b", "c"])
    load(database, THIRD, items=["1"], events=["d"])
    assert counts(extract("ship", target.name))[EVENTS] == ("4", "2")
    assert target.held() == in_database(database)


def test_rows_that_change_or_go_are_replaced(extract: Extract, database: Path, target: Target) -> None:
    load(database, FIRST, items=["1", "2", "3"])
    assert extract("ship", target.name).exit_code == 0
    load(database, SECOND, items=["1", "2"], payload='{"Name": "new"}')
    change(database, "delete from raw_emby_items where item_id = '2'")
    assert extract("ship", target.name).exit_code == 0
    assert target.held() == in_database(database)


@pytest.mark.parametrize(
    "by_hand",
    [
        f"delete from {EVENTS} where played_at_local = 'a'",
        f"delete from {EVENTS} where load_id = 2",
        f"update {EVENTS} set load_id = 1",
        f"update {EVENTS} set load_id = null",
        f"update {EVENTS} set first_loaded_at = '2025-01-09 00:00:00' where load_id = 2",
        f"delete from {EVENTS}",
    ],
)
def test_an_archive_that_was_changed_by_hand_is_copied_anew(
    extract: Extract, database: Path, target: Target, by_hand: str
) -> None:
    load(database, FIRST, events=["a", "b"])
    load(database, SECOND, events=["c"])
    assert extract("ship", target.name).exit_code == 0
    change(database, by_hand)
    # Told even so: whoever did not change anything wants to know.
    result = extract("ship", "--quiet", target.name)
    assert f"{EVENTS}: the target held other rows than the database: all were copied again." in result.stderr
    assert target.held() == in_database(database)
    again = extract("ship", target.name)
    assert "copied again" not in again.stderr
    assert counts(again)[EVENTS][1] == "0"


def test_after_a_restore_the_target_follows_even_where_a_load_has_its_number_again(
    extract: Extract, database: Path, target: Target
) -> None:
    load(database, FIRST, events=["a"])
    assert extract("backup").exit_code == 0
    (copy,) = (database.parent / "backups").glob("*.backup")
    load(database, SECOND, events=["lost"])
    assert extract("ship", target.name).exit_code == 0
    assert extract("restore", "--force", str(copy)).exit_code == 0
    load(database, THIRD, events=["found"])
    assert extract("ship", target.name).exit_code == 0
    assert [row[3] for row in target.held()[EVENTS]] == ["a", "found"]
    assert target.held() == in_database(database)


def test_a_full_refresh_copies_what_the_comparison_cannot_see(extract: Extract, database: Path, target: Target) -> None:
    load(database, FIRST, events=["a", "b"])
    assert extract("ship", target.name).exit_code == 0
    change(database, f"update {EVENTS} set user_name = 'bob'")
    result = extract("ship", target.name, "--full-refresh")
    assert counts(result)[EVENTS] == ("2", "2")
    assert "copied again" not in result.stderr
    assert target.held() == in_database(database)


def test_an_extractor_that_is_at_work_is_in_nobodys_way(extract: Extract, database: Path, target: Target) -> None:
    load(database, FIRST, events=["a"])
    with only_one(database):
        assert extract("ship", target.name).exit_code == 0
    assert target.held() == in_database(database)


def test_quiet_says_nothing(extract: Extract, database: Path, target: Target) -> None:
    load(database, FIRST, events=["a"])
    result = extract("ship", target.name, "--quiet")
    assert (result.exit_code, result.output) == (0, "")
