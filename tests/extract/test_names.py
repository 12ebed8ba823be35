import zlib

from extract.sources.names import iter_hashes, iter_spellings, names_in


def test_names_come_from_all_four_fields() -> None:
    item = {
        "Genres": ["Drama", ""],
        "GenreItems": [{"Name": "War", "Id": 1}, {"Id": 2}, None],
        "TagItems": [{"Name": "noir"}],
        "Tags": None,
    }
    assert list(names_in(item)) == ["Drama", "War", "noir"]
    assert list(names_in({})) == []


def test_what_is_no_text_is_no_name() -> None:
    odd = {"Genres": 5, "GenreItems": [7, {"Name": 7}], "Tags": "Bare", "TagItems": [["x"], {"Name": "a\0b"}, "\0"]}
    assert list(names_in(odd)) == ["a"]


def test_a_hash_is_that_of_the_lower_cased_name_in_31_bits() -> None:
    rows = list(iter_hashes(["Ångest", "ÅNGEST", "drama"]))
    assert rows == [
        {"name": "drama", "hash_id": zlib.crc32(b"drama") & 0x7FFFFFFF},
        {"name": "ångest", "hash_id": zlib.crc32("ångest".encode()) & 0x7FFFFFFF},
    ]
    assert all(0 <= row["hash_id"] < 2**31 for row in iter_hashes(map(str, range(1000))))


def test_every_spelling_is_kept() -> None:
    assert list(iter_spellings(["Ångest", "ÅNGEST", "Ångest"])) == [
        {"spelling": "ÅNGEST", "name": "ångest"},
        {"spelling": "Ångest", "name": "ångest"},
    ]
