"""Backups of the plugin, any number of times, in any order with the live source."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from sqlite3 import connect

import pytest
from click.testing import Result

from extract.demo.household import Household, Play
from extract.demo.loopback import serve
from extract.demo.servers import API_KEY, Emby
from tests.dbt import build
from tests.environment import Rows
from tests.servers import movie, play, user

Extract = Callable[..., Result]
Query = Callable[[str], Rows]

PLAYS = [
    play("2025-08-20 20:00:00.1234567", "u1", "1", 600, pause=30),
    play("2025-08-21 20:00:00", "u2", "2", 60, item_name="Häxan"),
]
HOUSEHOLD = Household(items=[movie("1")], users=[user("u1", "ann")], plays=PLAYS)


def line(played: Play, columns: int) -> str:
    cells = [
        *(played.played_at, played.user_id, played.item_id, played.item_type, played.item_name),
        *(played.playback_method, played.client_name, played.device_name, played.play_seconds, played.pause_seconds),
        *(played.remote_address, "VideoCodecNotSupported"),
    ]
    return "\t".join(map(str, cells[:columns]))


@pytest.fixture
def backup(tmp_path: Path) -> Callable[..., Path]:
    def write(*lines: str, ending: str = "\n") -> Path:
        path = tmp_path / "backup.tsv"
        path.write_bytes("".join(text + ending for text in lines).encode())
        return path

    return write


Backup = Callable[..., Path]


def test_all_twelve_columns_are_kept(extract: Extract, query: Query, backup: Backup) -> None:
    result = extract("import-backup", str(backup(line(PLAYS[0], 12))))
    assert result.exit_code == 0, result.output
    assert query(
        "select user_id, item_id, played_at_local, item_name, item_type, play_duration_seconds, "
        "pause_duration_seconds, "
        "playback_method, client_name, device_name, remote_address, transcode_reasons, user_name "
        "from raw_emby_watch_events"
    ) == [
        (
            *("u1", "1", "2025-08-20 20:00:00.1234567", "Item 1", "Movie", "630", "30"),
            *("DirectPlay", "Emby Web", "Firefox", "192.168.1.2", "VideoCodecNotSupported", None),
        )
    ]


@pytest.mark.parametrize(
    ("columns", "duration", "pause", "address"),
    [(9, "630", "", None), (10, "630", "30", None), (11, "630", "30", "192.168.1.2")],
)
def test_older_files_have_fewer_columns(
    extract: Extract, query: Query, backup: Backup, columns: int, duration: str, pause: str, address: str | None
) -> None:
    assert extract("import-backup", str(backup(line(PLAYS[0], columns)))).exit_code == 0
    assert query("select play_duration_seconds, pause_duration_seconds, remote_address from raw_emby_watch_events") == [
        (duration, pause, address)
    ]


@pytest.mark.parametrize("live_first", [True, False])
@pytest.mark.parametrize("source", ["query", "playlist"])
def test_a_backup_and_the_server_meet_without_a_double_event(
    extract: Extract,
    database: Path,
    query: Query,
    events_in: Callable[..., Rows],
    backup: Backup,
    source: str,
    *,
    live_first: bool,
) -> None:
    file = str(backup(*(line(played, 12) for played in PLAYS)))

    def live() -> Result:
        with serve(Emby(HOUSEHOLD)) as url:
            arguments = ("events", "--full-refresh", "--history-source", source)
            return extract(*arguments, EMBY_BASE_URL=url, EMBY_API_KEY=API_KEY)

    def imported() -> Result:
        return extract("import-backup", file)

    for load in (live, imported, imported) if live_first else (imported, live, imported):
        assert load().exit_code == 0
    assert query("select source, count(*) from raw_emby_watch_events group by 1 order by 1") == [
        ("backup", 2),
        (source, 2),
    ]
    assert events_in(database, "watched_seconds, paused_seconds") == [(600, 30), (60, 0)]


def test_it_reports_what_it_did(extract: Extract, backup: Backup) -> None:
    file = str(backup(line(PLAYS[0], 12), line(PLAYS[1], 12), line(PLAYS[1], 12), "a letter to my aunt"))
    first, second = (extract("import-backup", file).stdout.splitlines() for _ in range(2))
    assert first[0] == "4 lines read: 2 new, 1 known already, 1 rejected."
    assert second[0] == "4 lines read: 0 new, 3 known already, 1 rejected."
    assert "make build" in first[1]


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ("one\ttwo", "9 to 12 columns were expected, and there are 2"),
        ("\t".join("x" * 13), "9 to 12 columns were expected, and there are 13"),
        (line(PLAYS[0], 12).replace("2025-08-20", "yesterday"), "is no time"),
        (line(PLAYS[0], 12).replace("2025-08-20", "2025-02-30"), "is no time"),
        (line(PLAYS[0], 12).replace("u1", ""), "the user or the item is missing"),
        (line(PLAYS[0], 12).replace("630", "abc"), "'abc' is no number of seconds"),
        (line(PLAYS[0], 12).replace("\t30\t", "\t3.5\t"), "'3.5' is no number of seconds"),
    ],
)
def test_a_line_is_rejected_with_its_number_and_not_the_file(
    extract: Extract, query: Query, backup: Backup, bad: str, reason: str
) -> None:
    result = extract("import-backup", str(backup(line(PLAYS[1], 12), "", bad, line(PLAYS[1], 12))))
    assert result.exit_code == 0
    assert f"line 3: {reason}" in result.stderr or ("line 3: " in result.stderr and reason in result.stderr)
    assert query("select user_id from raw_emby_watch_events") == [("u2",)]


@pytest.mark.parametrize(("columns", "left"), [(12, 9), (12, 10), (12, 11), (9, 9), (10, 10)])
def test_a_last_line_that_is_cut_off_is_left_out(
    extract: Extract, query: Query, backup: Backup, columns: int, left: int
) -> None:
    """Its last number may be the beginning of another one."""
    file = backup(line(PLAYS[0], columns), "", line(PLAYS[1], left))
    file.write_bytes(file.read_bytes().rstrip(b"\n"))
    result = extract("import-backup", str(file))
    assert result.exit_code == 0
    assert "line 3: it is cut off" in result.stderr
    assert query("select user_id from raw_emby_watch_events") == [("u1",)]


def test_a_last_line_without_its_end_is_a_line(extract: Extract, query: Query, backup: Backup) -> None:
    file = backup(line(PLAYS[0], 12), line(PLAYS[1], 12))
    file.write_bytes(file.read_bytes().rstrip(b"\n"))
    assert extract("import-backup", str(file)).exit_code == 0
    assert query("select count(*) from raw_emby_watch_events") == [(2,)]


def test_a_duration_out_of_bounds_lands_raw(extract: Extract, query: Query, backup: Backup) -> None:
    extract("import-backup", str(backup(line(PLAYS[0], 12).replace("630", "-2147483648"))))
    assert query("select play_duration_seconds from raw_emby_watch_events") == [("-2147483648",)]


def test_windows_line_ends_a_byte_order_mark_and_bad_bytes_do_no_harm(
    extract: Extract, query: Query, tmp_path: Path
) -> None:
    path = tmp_path / "backup.tsv"
    text = "\r\n".join([line(PLAYS[0], 12), line(PLAYS[1], 12), ""])
    path.write_bytes(b"\xef\xbb\xbf" + text.encode().replace("ä".encode(), b"\xff"))
    assert extract("import-backup", str(path)).exit_code == 0
    assert query("select count(*), max(transcode_reasons) from raw_emby_watch_events") == [
        (2, "VideoCodecNotSupported")
    ]


def test_a_file_that_is_not_there_is_told(extract: Extract) -> None:
    result = extract("import-backup", "no-such-file.tsv")
    assert result.exit_code == 2
    assert "no-such-file.tsv cannot be read: No such file or directory" in result.stderr


def test_an_import_is_recorded_and_needs_no_server(extract: Extract, query: Query, backup: Backup) -> None:
    extract("import-backup", str(backup(line(PLAYS[0], 12), "bad")))
    assert query("select step, status, rows_read, rows_inserted, rows_rejected from raw_extract_runs") == [
        ("import-backup", "ok", 1, 1, 1)
    ]


@pytest.mark.parametrize("content", [b"", b"a letter to my aunt\n", b"\x00\xff\x00" * 5000, b"\t" * 11])
def test_a_file_without_a_usable_line_fails_and_changes_nothing(
    extract: Extract, query: Query, tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "backup.tsv").write_bytes(content)
    result = extract("import-backup", str(tmp_path / "backup.tsv"))
    assert result.exit_code == 2
    assert "no line that could be used" in result.stderr
    assert query("select count(*) from raw_emby_watch_events") == [(0,)]


def test_a_backup_alone_makes_a_warehouse(extract: Extract, database: Path, backup: Backup) -> None:
    assert extract("import-backup", str(backup(*(line(played, 12) for played in PLAYS)))).exit_code == 0
    build(database, "--exclude-resource-type", "unit_test")
    with closing(connect(database)) as connection:
        assert connection.execute("select started_at from watch_events order by 1").fetchall() == [
            ("2025-08-20 10:00:00",),
            ("2025-08-21 10:00:00",),
        ]
