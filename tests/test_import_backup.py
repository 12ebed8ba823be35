"""Backups of the plugin, any number of times, in any order with the live source."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from extract.demo.household import Household, Play
from extract.demo.servers import API_KEY, Emby, serve
from tests.conftest import Rows
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
        "select user_id, item_id, played_at_local, item_name, item_type, duration_seconds, pause_seconds, "
        "playback_method, client_name, device_name, remote_address, transcode_reasons, user_name "
        "from raw_emby_watch_events"
    ) == [
        (
            *("u1", "1", "2025-08-20 20:00:00", "Item 1", "Movie", "600", "30"),
            *("DirectPlay", "Emby Web", "Firefox", "192.168.1.2", "VideoCodecNotSupported", None),
        )
    ]


@pytest.mark.parametrize(
    ("columns", "duration", "pause", "address"),
    [(9, "630", None, None), (10, "600", "30", None), (11, "600", "30", "192.168.1.2")],
)
def test_older_files_have_fewer_columns(
    extract: Extract, query: Query, backup: Backup, columns: int, duration: str, pause: str | None, address: str | None
) -> None:
    assert extract("import-backup", str(backup(line(PLAYS[0], columns)))).exit_code == 0
    assert query("select duration_seconds, pause_seconds, remote_address from raw_emby_watch_events") == [
        (duration, pause, address)
    ]


@pytest.mark.parametrize("live_first", [True, False])
@pytest.mark.parametrize("source", ["query", "playlist"])
def test_a_backup_and_the_server_meet_without_a_double_row(
    extract: Extract, query: Query, backup: Backup, source: str, *, live_first: bool
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
    assert query("select count(*) from raw_emby_watch_events") == [(2,)]
    assert query("select duration_seconds, pause_seconds from raw_emby_watch_events order by 1 desc") == [
        ("600", "30"),
        ("60", "0"),
    ]


def test_it_reports_what_it_did(extract: Extract, backup: Backup) -> None:
    file = str(backup(line(PLAYS[0], 12), line(PLAYS[1], 12), line(PLAYS[1], 12), "a letter to my aunt"))
    assert extract("import-backup", file).stdout == (
        "4 read, 2 inserted, 1 already known (0 of them were incomplete), 1 rejected\n"
    )
    assert extract("import-backup", file).stdout == (
        "4 read, 0 inserted, 3 already known (0 of them were incomplete), 1 rejected\n"
    )


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


def test_a_duration_out_of_bounds_lands_raw(extract: Extract, query: Query, backup: Backup) -> None:
    extract("import-backup", str(backup(line(PLAYS[0], 12).replace("630", "-2147483648"))))
    assert query("select duration_seconds from raw_emby_watch_events") == [("-2147483678",)]


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
    assert result.exit_code == 1
    assert "no-such-file.tsv cannot be read: No such file or directory" in result.stderr


def test_an_import_is_recorded_and_needs_no_server(extract: Extract, query: Query, backup: Backup) -> None:
    extract("import-backup", str(backup(line(PLAYS[0], 12), "bad")))
    assert query("select step, status, rows_read, rows_inserted, rows_rejected from raw_extract_runs") == [
        ("import-backup", "ok", 1, 1, 1)
    ]
