"""Values that only SQLite takes: they stop no shipment, and none vanishes without a word."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from tests.shipping import EVENTS, Target, change, in_database, load

Extract = Callable[..., Result]
NAME = 6
LOADED_AT = "2025-01-01 00:00:00"


def stored(database: Path, value: Any, sql: str = "cast(? as text)") -> None:
    """Store bytes as the name of the second of three items, whatever they are."""
    load(database, LOADED_AT, events=["a", "b", "c"])
    change(database, f"update {EVENTS} set item_name = {sql} where played_at_local = 'b'", value)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nan",
        '"nan"',
        "\\N",
        "\\.",
        "a\n\\.\nb",
        "a\r\nb\rc\n",
        'a "quoted", name',
        "\t\\t",
        "Ångström \U0001f600 \u2028 \ufeff \x7f \x01",
        "x" * 3_000_000,
        '{"a": "\\u0000 \\ud800"}',
    ],
    ids=lambda text: ascii(text)[:20],
)
def test_any_text_arrives_as_it_is(extract: Extract, database: Path, target: Target, text: str) -> None:
    load(database, LOADED_AT, events=["a", "b", "c"])
    change(database, f"update {EVENTS} set item_name = ? where played_at_local = 'b'", text)
    result = extract("ship", target.name)
    assert result.exit_code == 0, result.output
    assert result.stderr == ""
    assert target.held() == in_database(database)


@pytest.mark.parametrize(
    ("bytes_", "shipped"),
    [
        (b"a\0b", "a\ufffdb"),
        (b"\0", "\ufffd"),
        (b"lone \xed\xa0\x80 surrogate", "lone \ufffd surrogate"),
        (b"caf\xe9", "caf\ufffd"),
        (b"\xff\0\xed\xbf\xbf", "\ufffd\ufffd\ufffd"),
        (b"cut \xf0\x9f\x98", "cut \ufffd"),
    ],
    ids=repr,
)
def test_what_is_no_text_elsewhere_is_replaced_and_told(
    extract: Extract, database: Path, target: Target, bytes_: bytes, shipped: str
) -> None:
    stored(database, bytes_)
    result = extract("ship", target.name)
    assert result.exit_code == 0, result.output
    assert result.stderr == (f"{EVENTS}: 1 texts hold NUL or bytes that are no UTF-8: shipped with U+FFFD there.\n")
    held = target.held()[EVENTS]
    assert [row[3] for row in held] == ["a", "b", "c"]
    assert held[1][NAME] == shipped
    again = extract("ship", target.name)
    assert again.stderr == "", "it is shipped, and the target has it"


def test_among_thousands_each_such_text_is_counted_once_and_no_row_is_lost(
    extract: Extract, database: Path, target: Target
) -> None:
    load(database, LOADED_AT, events=[f"{number:05}" for number in range(5_000)])
    change(database, f"update {EVENTS} set item_name = cast(x'ff' as text) where played_at_local in ('01499', '04999')")
    change(database, f"update {EVENTS} set client_name = cast(x'6100' as text) where played_at_local < '00010'")
    result = extract("ship", target.name)
    assert f"{EVENTS}: 12 texts hold" in result.stderr
    held = target.held()[EVENTS]
    assert [row[3] for row in held] == [f"{number:05}" for number in range(5_000)]
    assert [row[3] for row in held if row[NAME] == "\ufffd"] == ["01499", "04999"]


@pytest.mark.parametrize("value", ["'abc'", "1.5", "x'01'", "9e18 * 2", "''"])
def test_what_is_no_integer_is_null_and_told(extract: Extract, database: Path, target: Target, value: str) -> None:
    load(database, LOADED_AT, events=["a", "b"], items=["1", "2"])
    change(database, f"update {EVENTS} set load_id = {value} where played_at_local = 'b'")
    change(database, f"insert into raw_tmdb_genres values ('tv', {value}, 'Odd', null), ('tv', 7, 'Even', null)")
    result = extract("ship", target.name)
    assert result.exit_code == 0, result.output
    assert f"{EVENTS}: 1 values of load_id are no integers of 64 bits: null was shipped" in result.stderr
    assert "raw_tmdb_genres: 1 values of genre_id are no integers of 64 bits: null was shipped" in result.stderr
    held = target.held()
    assert [row[-1] for row in held[EVENTS]] == [1, None]
    assert sorted(held["raw_tmdb_genres"], key=repr) == [("tv", 7, "Even", None), ("tv", None, "Odd", None)]
    assert "copied again" not in extract("ship", target.name).stderr


def test_bytes_in_a_text_column_are_shipped_as_text_and_told(extract: Extract, database: Path, target: Target) -> None:
    stored(database, b"A\0\xff", "?")
    result = extract("ship", target.name)
    assert f"{EVENTS}: 1 values of item_name are no texts: their bytes were shipped as such" in result.stderr
    assert target.held()[EVENTS][1][NAME] == "A\ufffd\ufffd"


@pytest.mark.parametrize("number", [0, -(2**63), 2**63 - 1])
def test_every_integer_of_64_bits_arrives(extract: Extract, database: Path, target: Target, number: int) -> None:
    load(database, LOADED_AT)
    change(database, "insert into raw_name_hashes values ('x', ?)", number)
    assert extract("ship", target.name).exit_code == 0
    assert target.held()["raw_name_hashes"] == [("x", number)]


def test_a_payload_of_many_megabytes_arrives(extract: Extract, database: Path, target: Target) -> None:
    load(database, LOADED_AT, items=["1", "2"], payload='{"Overview": "' + "Å\n" * 5_000_000 + '"}')
    assert extract("ship", target.name).exit_code == 0
    assert target.held() == in_database(database)
