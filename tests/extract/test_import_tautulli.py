"""Databases of Tautulli: plain, in use, as often as one likes, and files that are none."""

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import Result

from extract.sources.row_hash import hash_of
from tests.environment import Rows
from tests.other_histories import insert_play, plex_play, write_tautulli

Extract = Callable[..., Result]
Query = Callable[[str], Rows]

PLAYS = [plex_play(1, 1_755_684_000, 3000, paused_counter=60), plex_play(2, 1_755_770_400, 200, rating_key=101)]
COUNT = "select count(*) from raw_tautulli_plays"


@pytest.fixture
def tautulli(tmp_path: Path) -> Path:
    return write_tautulli(tmp_path / "tautulli.db", PLAYS)


def test_a_play_lands_with_its_rows_of_every_table(extract: Extract, query: Query, tautulli: Path) -> None:
    with closing(sqlite3.connect(tautulli)) as connection:
        connection.execute("insert into themoviedb_lookup (rating_key, themoviedb_id) values (100, 20367)")
        connection.commit()
    result = extract("import-tautulli", str(tautulli))
    assert result.exit_code == 0, result.output
    assert "2 plays read: 2 new, 0 known already, 0 rejected.\nNext: make build, " in result.stdout
    ((payload,),) = query("select payload from raw_tautulli_plays where play_id = '1'")
    play = json.loads(payload)
    assert {table: len(row) for table, row in play.items()} == {
        "session_history": 14,
        "session_history_metadata": 12,
        "session_history_media_info": 3,
        "tvmaze_lookup": 5,
        "themoviedb_lookup": 5,
    }
    assert play["session_history"]["paused_counter"] == 60
    assert play["session_history_metadata"]["guid"] == "com.plexapp.agents.imdb://tt0037638?lang=en"
    assert play["session_history_media_info"]["transcode_decision"] == "direct play"
    assert play["themoviedb_lookup"]["themoviedb_id"] == 20367
    assert query("select step, status, rows_read, rows_inserted from raw_extract_runs") == [
        ("import-tautulli", "ok", 2, 2)
    ]


def test_a_second_time_adds_nothing_and_what_grew_is_added(extract: Extract, query: Query, tautulli: Path) -> None:
    for _ in range(2):
        assert extract("import-tautulli", str(tautulli)).exit_code == 0
    assert query(COUNT) == [(2,)]
    write_tautulli(tautulli, [plex_play(3, 1_755_856_800, 300)])
    assert "3 plays read: 1 new, 2 known already" in extract("import-tautulli", str(tautulli)).stdout
    assert query("select play_id, load_id from raw_tautulli_plays order by 1") == [("1", 1), ("2", 1), ("3", 2)]


def test_loads_are_numbered_across_sources(extract: Extract, query: Query, tautulli: Path, tmp_path: Path) -> None:
    extract("import-tautulli", str(tautulli))
    (tmp_path / "backup").write_text('[{"jf_users": [{"Id": "u1"}]}]')
    extract("import-jellystat", str(tmp_path / "backup"))
    assert query("select load_id from raw_jellystat_rows") == [(2,)]


def test_while_tautulli_has_it_open_its_newest_play_is_read(extract: Extract, query: Query, tautulli: Path) -> None:
    write_tautulli(tautulli, [], mode="wal")
    with closing(sqlite3.connect(tautulli)) as in_use:
        insert_play(in_use, plex_play(3, 1_755_856_800, 300))
        in_use.commit()
        insert_play(in_use, plex_play(4, 1_755_866_800, 300))
        before = tautulli.read_bytes()
        assert extract("import-tautulli", str(tautulli)).exit_code == 0
        assert query("select group_concat(play_id) from raw_tautulli_plays") == [("1,2,3",)]
        assert tautulli.read_bytes() == before
        in_use.rollback()


def test_a_copy_without_its_log_is_read_and_nothing_is_left_beside_it(
    extract: Extract, query: Query, tautulli: Path, tmp_path: Path
) -> None:
    write_tautulli(tautulli, [], mode="wal")
    folder = tmp_path / "read only ? 100%"
    folder.mkdir()
    copy = Path(shutil.copy(tautulli, folder / "plexpy.db"))
    assert extract("import-tautulli", str(copy)).exit_code == 0
    assert query(COUNT) == [(2,)]
    assert list(folder.iterdir()) == [copy]


def test_a_database_that_was_left_in_the_middle_of_a_change_is_refused(
    extract: Extract, query: Query, tautulli: Path
) -> None:
    """Rows that were never committed are in the file, and what undoes them is in its journal."""
    copy = tautulli.with_name("copy.db")
    with closing(sqlite3.connect(tautulli)) as in_use:
        in_use.execute("pragma cache_size = 1")
        for play_id in range(3, 200):
            insert_play(in_use, plex_play(play_id, 1_755_856_800 + play_id, 300))
        shutil.copy(tautulli, copy)
        shutil.copy(f"{tautulli}-journal", f"{copy}-journal")
        in_use.rollback()
    result = extract("import-tautulli", str(copy))
    assert result.exit_code == 2
    assert "is being written to, or was left in the middle of that" in result.stderr
    assert query(COUNT) == [(0,)]


def test_a_journal_that_is_only_kept_is_in_no_way(extract: Extract, query: Query, tautulli: Path) -> None:
    with closing(sqlite3.connect(tautulli)) as connection:
        connection.execute("pragma journal_mode = persist")
        insert_play(connection, plex_play(3, 1_755_856_800, 300))
        connection.commit()
    assert Path(f"{tautulli}-journal").stat().st_size > 0
    assert extract("import-tautulli", str(tautulli)).exit_code == 0
    assert query(COUNT) == [(3,)]


def test_a_database_that_is_written_to_while_it_is_read_is_refused(
    extract: Extract, query: Query, tautulli: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def and_write(play: object) -> str:
        write_tautulli(tautulli, [plex_play(3, 1_755_856_800, 300)])
        monkeypatch.undo()
        return hash_of(play)

    monkeypatch.setattr("extract.sources.tautulli.hash_of", and_write)
    result = extract("import-tautulli", str(tautulli), WAREHOUSE_PATH=str(tautulli.with_name("warehouse.db")))
    assert result.exit_code == 2
    assert "was written to while it was read" in result.stderr
    assert query(COUNT) == [(0,)]


def test_bytes_and_numbers_that_json_lacks_do_no_harm(extract: Extract, query: Query, tautulli: Path) -> None:
    with closing(sqlite3.connect(tautulli)) as connection:
        connection.execute(
            "update session_history set player = x'ff41', view_offset = 9e999, product = cast(x'ff' as text)"
        )
        connection.execute("delete from session_history_metadata where id = 2")
        connection.commit()
    assert extract("import-tautulli", str(tautulli)).exit_code == 0
    (first, second) = query(
        "select payload ->> '$.session_history.view_offset', payload ->> '$.session_history_metadata.title' "
        "from raw_tautulli_plays order by play_id"
    )
    assert first == ("inf", "Detour") and second == ("inf", None)


def damaged(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * 8192)


def truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])


def without(statement: str) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        with closing(sqlite3.connect(path)) as connection:
            connection.executescript(statement)

    return change


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda path: path.write_bytes(b""), "is empty"),
        (lambda path: path.write_text("a letter to my aunt" * 100), "is no SQLite database"),
        (damaged, "is damaged"),
        (truncated, "is damaged"),
        (without("drop table session_history_metadata"), "not Tautulli's: it has no table session_history_metadata"),
        (without("drop table session_history"), "not Tautulli's: it has no table session_history"),
        (without("alter table session_history drop column paused_counter"), "has no paused_counter in session_history"),
        (without("delete from session_history"), "has no row"),
    ],
)
def test_a_file_that_is_none_gets_a_sentence_and_changes_nothing(
    extract: Extract, query: Query, tautulli: Path, change: Callable[[Path], None], why: str
) -> None:
    change(tautulli)
    before = tautulli.read_bytes()
    result = extract("import-tautulli", str(tautulli))
    assert result.exit_code == 2, result.output
    assert why in result.stderr
    assert "tautulli.db" in result.stderr and "Traceback" not in result.output
    assert query(COUNT) == [(0,)]
    assert query("select count(*) from raw_server_clock") == [(0,)]
    assert tautulli.read_bytes() == before


@pytest.mark.parametrize(("name", "why"), [("no-such.db", "No such file"), (".", "Is a directory")])
def test_what_is_no_file_is_told(extract: Extract, name: str, why: str) -> None:
    result = extract("import-tautulli", name)
    assert result.exit_code == 2
    assert f"{name} cannot be read: {why}" in result.stderr


def test_an_import_leaves_the_clock_that_a_run_has_loaded(extract: Extract, query: Query, tautulli: Path) -> None:
    clock = "select zone from raw_server_clock order by 1"
    assert extract("clock", EMBY_SERVER_CLOCK="Asia/Tokyo").exit_code == 0
    # Whoever imports without the settings of the run would else move all that the plugin told.
    result = extract("import-tautulli", str(tautulli), EMBY_SERVER_CLOCK="")
    assert result.exit_code == 0, result.output
    assert query(clock) == [("Asia/Tokyo",)]
