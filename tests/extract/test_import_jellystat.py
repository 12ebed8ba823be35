"""Backups of Jellystat: both formats, as often as one likes, and files that are none."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from extract.errors import FileRefusedError
from extract.progress import Silent
from extract.sources import json_stream
from extract.sources.jellystat import iter_jellystat
from tests.environment import PROJECT, Rows, environment
from tests.other_histories import Tables, activity, as_array, as_lines

Extract = Callable[..., Result]
Query = Callable[[str], Rows]

PLAYS = [
    activity("p1", "u1", "1", "2025-08-20T10:10:00.000Z", 600),
    activity("p2", "u1", "2", "2025-08-21T10:10:00.000Z", 60, NowPlayingItemName='Häxan "1922" \\'),
]
TABLES: Tables = {
    "jf_users": [{"Id": "u1", "Name": "ann"}],
    "jf_playback_activity": PLAYS,
    "app_config": [{"JF_API_KEY": "the key of somebody's server"}],
    "jf_item_info": [],
}
COUNTS = "select table_name, count(*), count(distinct load_id) from raw_jellystat_rows group by 1 order by 1"
LANDED = [("jf_playback_activity", 2, 1), ("jf_users", 1, 1)]
WRITERS = pytest.mark.parametrize("write", [as_array, as_lines])
Write = Callable[[Path, Tables], Path]


@WRITERS
def test_rows_land_as_received_and_settings_do_not(
    extract: Extract, query: Query, tmp_path: Path, write: Write
) -> None:
    result = extract("import-jellystat", str(write(tmp_path / "backup", TABLES)))
    assert result.exit_code == 0, result.output
    assert query(COUNTS) == LANDED
    payloads = query("select payload from raw_jellystat_rows where table_name = 'jf_playback_activity'")
    assert sorted((json.loads(payload) for (payload,) in payloads), key=lambda row: str(row["Id"])) == PLAYS


def test_both_formats_any_order_and_a_second_time_add_nothing(extract: Extract, query: Query, tmp_path: Path) -> None:
    turned = {name: [dict(reversed(row.items())) for row in rows] for name, rows in reversed(list(TABLES.items()))}
    files = [as_array(tmp_path / "a", TABLES), as_lines(tmp_path / "b", TABLES), as_lines(tmp_path / "c", turned)]
    told = [extract("import-jellystat", str(file)).stdout.splitlines()[0] for file in (*files, *files)]
    assert told[0] == "3 rows read: 3 new, 0 known already, 0 rejected."
    assert set(told[1:]) == {"3 rows read: 0 new, 3 known already, 0 rejected."}
    assert query(COUNTS) == LANDED


def test_a_backup_that_grew_adds_what_is_new(extract: Extract, query: Query, tmp_path: Path) -> None:
    extract("import-jellystat", str(as_array(tmp_path / "old", TABLES)))
    grown = [*PLAYS[:1], PLAYS[1] | {"PlaybackDuration": "120"}, activity("p3", "u1", "1", "2025-08-22T10:00:00Z", 5)]
    result = extract("import-jellystat", str(as_lines(tmp_path / "new", {**TABLES, "jf_playback_activity": grown})))
    assert "4 rows read: 2 new, 2 known already" in result.stdout
    assert query("select load_id, count(*) from raw_jellystat_rows group by 1 order by 1") == [(1, 3), (2, 2)]


def test_an_import_is_recorded_and_needs_no_server(extract: Extract, query: Query, tmp_path: Path) -> None:
    extract("import-jellystat", str(as_lines(tmp_path / "backup", {"jf_users": [{"Id": "u1"}, "no row"]})))
    assert query("select step, status, rows_read, rows_inserted, rows_rejected from raw_extract_runs") == [
        ("import-jellystat", "ok", 1, 1, 1)
    ]
    assert query("select count(*) from raw_server_clock") == [(2,)]


def test_our_own_key_is_taken_out(extract: Extract, query: Query, tmp_path: Path) -> None:
    tables = {"jf_users": [{"Id": "u1", "Url": "http://emby/?api_key=a-secret-of-ours"}]}
    extract("import-jellystat", str(as_array(tmp_path / "backup", tables)), EMBY_API_KEY="a-secret-of-ours")
    assert query("select payload from raw_jellystat_rows") == [
        ('{"Id": "u1", "Url": "http://emby/?api_key=***"}',),
    ]


def test_marks_that_are_no_json_and_bytes_that_are_no_text_do_no_harm(
    extract: Extract, query: Query, tmp_path: Path
) -> None:
    content = b'\xef\xbb\xbf [ {"jf_users" : [ {"Id": "\xff", "x": NaN, "y": "\\ud83d"} ] , "jf_libraries": []} ] \n'
    (tmp_path / "backup").write_bytes(content)
    assert extract("import-jellystat", str(tmp_path / "backup")).exit_code == 0
    assert query("select json_extract(payload, '$.Id', '$.x', '$.y') from raw_jellystat_rows") == [
        ('["\N{REPLACEMENT CHARACTER}","NaN","?"]',)
    ]


WHOLE = json.dumps([{"jf_users": [{"Id": "u1"}, {"Id": "u2"}]}])


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "is empty"),
        (b" \n ", "is empty"),
        (b"a letter to my aunt", "is not JSON"),
        (b"\x00\xff\x00" * 5000, "is not JSON"),
        (b"SQLite format 3\x00", "is not JSON"),
        (b"{}", "is JSON, but none of Jellystat's"),
        (b'{"type": "row", "data": {}}', "is JSON, but none of Jellystat's"),
        (b'{"type": "note", "table": "jf_users"}', "is JSON, but none of Jellystat's"),
        (b"[]", "has no table of Jellystat's"),
        (b'[{"users": [1, 2]}]', "has no table of Jellystat's"),
        (b"[1, 2]", "is not JSON from character 2 on"),
        (b'[{"jf_users": 7}]', "is not JSON"),
        (b'[{"jf_users": [{"Id": "u1"} {"Id": "u2"}]}]', "is not JSON from character"),
        (WHOLE.encode() + b"]", "is not JSON"),
        (b'{"type": "row", "table": "jf_users", "data": {"Id": "u1"}}\n{"type": "row", "tab', "breaks off"),
        (b'[{"jf_users": []}]', "has no row"),
        (b'[{"jf_users": [' + b"[" * 100_000, "too deep"),
    ],
)
def test_a_file_that_is_none_gets_a_sentence_and_changes_nothing(
    extract: Extract, query: Query, tmp_path: Path, content: bytes, why: str
) -> None:
    (tmp_path / "backup").write_bytes(content)
    result = extract("import-jellystat", str(tmp_path / "backup"))
    assert result.exit_code == 2, result.output
    assert why in result.stderr
    assert "backup" in result.stderr and "Traceback" not in result.output
    assert query("select count(*) from raw_jellystat_rows") == [(0,)]
    assert query("select count(*) from raw_server_clock") == [(0,)]


def test_a_file_that_was_cut_anywhere_is_refused(tmp_path: Path) -> None:
    for length in range(1, len(WHOLE)):
        (tmp_path / "backup").write_text(WHOLE[:length])
        with pytest.raises(FileRefusedError, match="Nothing was loaded"):
            list(iter_jellystat(tmp_path / "backup", Silent()))


@pytest.mark.parametrize("size", [1, 2, 7])
def test_where_the_file_is_parted_to_be_read_makes_no_difference(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    monkeypatch.setattr(json_stream, "CHUNK", size)
    for write in (as_array, as_lines):
        path = write(tmp_path / "backup", {**TABLES, "jf_users": [{"Id": "u1", "Count": 1234, "Is": True}]})
        path.write_text(path.read_text().replace('"jf_users"', ' \n"jf_users" '))
        rows = [json.loads(row["payload"]) for row in iter_jellystat(path, Silent())]
        assert rows == [{"Id": "u1", "Count": 1234, "Is": True}, *PLAYS]


@pytest.mark.parametrize(("name", "why"), [("no-such-file", "No such file"), (".", "Is a directory")])
def test_what_is_no_file_is_told(extract: Extract, name: str, why: str) -> None:
    result = extract("import-jellystat", name)
    assert result.exit_code == 2
    assert f"{name} cannot be read: {why}" in result.stderr


IMPORT_IN_LITTLE_MEMORY = """
import resource, sys
from pathlib import Path
from extract.progress import Silent
from extract.sources.jellystat import iter_jellystat
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
rows = sum(1 for _ in iter_jellystat(Path(sys.argv[1]), Silent()))
print(rows, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


def test_a_large_file_is_not_held_in_memory(tmp_path: Path) -> None:
    row = json.dumps(PLAYS[0] | {"MediaStreams": "x" * 5_000})
    with (tmp_path / "backup").open("w") as file:
        file.write('[{"jf_playback_activity": [' + row)
        for _ in range(20_000):
            file.write("," + row)
        file.write("]}]")
    ended = subprocess.run(
        [sys.executable, "-c", IMPORT_IN_LITTLE_MEMORY, str(tmp_path / "backup")],
        cwd=PROJECT,
        env=environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    rows, grown_kilobytes = map(int, ended.stdout.split())
    assert rows == 20_001
    # The file has 110 MB.
    assert grown_kilobytes < 40_000
