"""A build that only does what is new ends where a full one would, row for row."""

import json
import random
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from extract.landing.raw_tables import (
    ITEMS,
    JELLYSTAT_ROWS,
    NAME_HASHES,
    SERVER_CLOCK,
    TIMEZONE_OFFSETS,
    TMDB_GENRES,
    USERS,
    WATCH_EVENTS,
    RawTable,
)
from extract.landing.warehouse import Row, Warehouse
from extract.sources import clock, names
from extract.sources.timezone_offsets import iter_timezone_offsets
from tests.dbt import CompiledModels, columns_of, run_dbt
from tests.environment import CLOCK, Rows

SERVER_CLOCK_SETTING, REPORT_TIMEZONE = CLOCK["EMBY_SERVER_CLOCK"], CLOCK["REPORT_TIMEZONE"]
MARTS = (
    "library_items",
    "item_genres",
    "item_tags",
    "item_provider_ids",
    "tmdb_genres",
    "users",
    "watch_events",
    "watch_event_observations",
    "rejected_watch_events",
    "watch_sessions",
    "user_item_stats",
    "user_title_stats",
    "watch_event_suspicions",
    "suspect_watch_events",
    "source_reconciliation",
    "items",
    "watched_item_genres",
    "titles",
    "item_titles",
    "title_candidates",
    "series_progress",
    "user_evenings",
    "evenings",
    "report_days",
    "report_hours",
    "report_titles",
    "report_outcomes",
    "report_library",
    "report_highlights",
)
# Nobody reads what dbt writes beside the tables, which is a fifth of the time.
QUICKLY = ("--no-write-json", "--log-level-file", "none")
TYPES = ("Movie", "Episode", "Trailer")
# Around a change of the server's clock, around one of daylight saving, and on a day without either.
DAYS = (datetime(2025, 8, 15, 9), datetime(2025, 10, 5, 1), datetime(2026, 1, 10, 20))
DURATIONS = ("0", "59", "60", "249", "900", "3000", "-5", "abc", None)


class Archive:
    """A warehouse, and what a server would list for it."""

    def __init__(self, database: Path, models: CompiledModels) -> None:
        self.database = database
        self.loads = 0
        self.listed = {str(number): movie(str(number), 1000 + 100 * number) for number in range(1, 7)}
        self.names = {f"u{number}": f"viewer {number}" for number in range(1, 4)}
        self._models = models

    def load(self, table: RawTable, rows: Iterable[Row]) -> None:
        self.loads += 1
        with Warehouse(self.database) as warehouse:
            warehouse.collect(table, rows)
            # Two loads a second: no clock tells them apart.
            warehouse.load([table], f"2027-02-01 00:00:{self.loads // 2:02}")

    def load_clock(self, server_clock: str = SERVER_CLOCK_SETTING, report: str = REPORT_TIMEZONE) -> None:
        eras = clock.parse_server_clock(server_clock)
        self.load(SERVER_CLOCK, clock.iter_server_clock(eras))
        self.load(TIMEZONE_OFFSETS, iter_timezone_offsets(eras, report))

    def load_lists(self) -> None:
        self.load(ITEMS, self.listed.values())
        self.load(NAME_HASHES, names.iter_hashes({"A", "B", "Drama"}))
        rows = [{"user_id": id_, "user_name": name, "payload": "{}"} for id_, name in self.names.items()]
        self.load(USERS, rows)

    def load_events(self, *events: Row) -> None:
        self.load(WATCH_EVENTS, events)

    def build(self, *arguments: str) -> None:
        ended = run_dbt(self.database, "run", *QUICKLY, *arguments)
        assert ended.returncode == 0, ended.stdout[-5000:]

    def build_in_vain(self, *arguments: str) -> None:
        assert run_dbt(self.database, "run", *QUICKLY, *arguments).returncode != 0

    def marts(self, models: CompiledModels | None = None) -> dict[str, Rows]:
        """Return the rows of every mart: as dbt built them, or as these models make them of the raw tables alone."""
        with closing(sqlite3.connect(self.database)) as connection:
            connection.execute("pragma wal_checkpoint(truncate)")
            columns = {mart: ", ".join(columns_of(connection, mart)) for mart in MARTS}
        with closing(models.on_raw_of(self.database) if models else sqlite3.connect(self.database)) as connection:
            return {mart: sorted(connection.execute(f"select {columns[mart]} from {mart}"), key=repr) for mart in MARTS}

    def ask(self, sql: str) -> Rows:
        with closing(sqlite3.connect(self.database)) as connection:
            with connection:
                rows = connection.execute(sql).fetchall()
            # So that the file is all there is.
            connection.execute("pragma wal_checkpoint(truncate)")
            return rows

    def assert_as_if_built_anew(self, *arguments: str) -> None:
        """Build what is new; compare every mart with what the models make of the raw tables alone."""
        self.build(*arguments)
        built = self.marts()
        # Without dbt, which takes a hundred times as long; its settings are its own.
        anew = self._marts_of_a_first_build(*arguments) if arguments else self.marts(self._models)
        for mart, rows in anew.items():
            assert built[mart] == rows, mart
        assert built["watch_sessions"], "nothing was compared"

    def _marts_of_a_first_build(self, *arguments: str) -> dict[str, Rows]:
        kept = self.database.read_bytes()
        for kind, name in self.ask(
            "select type, name from sqlite_master where type in ('view', 'table') "
            "and name not like 'raw\\_%' escape '\\' and name not like 'sqlite%'"
        ):
            self.ask(f"drop {kind} {name}")
        self.build(*arguments)
        marts = self.marts()
        self.database.write_bytes(kept)
        return marts


def movie(item_id: str, seconds: int | None, item_type: str = "Movie", genre: str = "Drama") -> Row:
    payload: dict[str, Any] = {"Name": f"Item {item_id}", "Genres": [genre]}
    if seconds:
        payload["RunTimeTicks"] = seconds * 10_000_000
    return {"item_id": item_id, "item_type": item_type, "payload": json.dumps(payload)}


def event(user: str, item: str, at: datetime | str, duration: str | None, **fields: Any) -> Row:
    row = dict.fromkeys(WATCH_EVENTS.received)
    key = {"source": "query", "user_id": user, "item_id": item, "played_at_local": str(at)}
    durations = {"play_duration_seconds": duration or "", "pause_duration_seconds": "0"}
    return row | key | durations | {"item_name": f"Item {item}", "item_type": "Movie"} | fields


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, models: CompiledModels) -> tuple[Path, bytes]:
    """Return the path of a warehouse, and its file when a small archive has been built."""
    database = tmp_path_factory.mktemp("incremental") / "warehouse.db"
    archive = Archive(database, models)
    archive.load_clock()
    archive.load_lists()
    archive.load_events(
        *(
            event(user, item, DAYS[2] + timedelta(days=day, hours=hours), "1200" if item == "3" else "900")
            for user in ("u1", "u2", "gone")
            for day, item in enumerate(("never listed", "1", "2", "3"))
            for hours in (0, 5)
        )
    )
    archive.build()
    archive.marts()
    return database, database.read_bytes()


@pytest.fixture
def archive(built: tuple[Path, bytes], models: CompiledModels) -> Archive:
    database, content = built
    for leftover in ("-wal", "-shm"):
        database.with_name(database.name + leftover).unlink(missing_ok=True)
    database.write_bytes(content)
    return Archive(database, models)


def some_events(dice: random.Random, count: int) -> list[Row]:
    return [
        event(
            dice.choice(("u1", "u2", "u3", "gone")),
            dice.choice(("1", "2", "3", "4", "9")),
            dice.choice(DAYS) + timedelta(seconds=dice.choice((0, 60, 899, 900, 901, 4000)) + dice.randrange(3)),
            dice.choice(DURATIONS),
            source=dice.choice(("query", "playlist")),
            pause_duration_seconds=dice.choice(("", "0", "30")),
            item_name=dice.choice(("Item", "Renamed", None)),
            item_type=dice.choice(TYPES),
            user_name=dice.choice((None, "unknown", "zoe")),
        )
        for _ in range(count)
    ]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_any_sequence_of_loads(archive: Archive, seed: int) -> None:
    """Late events, grown ones, other runtimes, names and genres, items and users that go and come back."""
    dice = random.Random(seed)
    archive.load_events(*some_events(dice, 60))
    archive.build()
    whole = dict(archive.listed)
    for _ in range(5):
        archive.load_events(*some_events(dice, dice.choice((0, 1, 15))))
        if dice.random() < 0.7:
            changed = dice.choice(sorted(whole))
            whole[changed] = movie(changed, dice.choice((None, 100, 3000)), dice.choice(TYPES), dice.choice("AB"))
        archive.listed = {id_: row for id_, row in whole.items() if dice.random() < 0.8}
        archive.names = {id_: f"{name}{dice.choice(('', '!'))}" for id_, name in archive.names.items()}
        archive.load_lists()
        archive.assert_as_if_built_anew()


def late(archive: Archive) -> None:
    """Load an event that joins two sessions."""
    archive.load_events(event("u1", "1", DAYS[2] + timedelta(days=1, minutes=20), "16000"))


def grown(archive: Archive) -> None:
    archive.load_events(event("u1", "1", DAYS[2] + timedelta(days=1), "5000"))


def rejected(archive: Archive) -> None:
    """Let an event be told once more, with a duration that nobody believes: what was known of it stays."""
    archive.load_events(event("u2", "2", DAYS[2] + timedelta(days=2), "99999999999"))


def told_by_another_source(archive: Archive) -> None:
    """Let another source tell of an event: a little later, with a name that the query does not know."""
    at = DAYS[2] + timedelta(days=1)
    archive.load_events(event("u1", "1", at, "890", source="playlist", pause_duration_seconds="", user_name="zoe"))


def another_runtime(archive: Archive) -> None:
    archive.listed["1"] = movie("1", 901)
    archive.load_lists()


def gone_from_the_library(archive: Archive) -> None:
    del archive.listed["2"]
    archive.load_lists()


def another_user_name(archive: Archive) -> None:
    archive.names["u1"] = "somebody"
    archive.load_lists()


def another_title(archive: Archive) -> None:
    """Let one play it under another title, which is then that of all who watched it."""
    archive.load_events(event("u3", "1", DAYS[2] + timedelta(days=50), "10", item_name="New title"))


def by_hand(archive: Archive) -> None:
    archive.ask("update raw_emby_items set removed_at = '2026-02-01 00:00:00' where item_id = '3'")
    archive.ask(
        "insert into raw_emby_watch_events "
        "(source, user_id, item_id, played_at_local, play_duration_seconds, pause_duration_seconds) "
        "values ('query', 'u9', '1', '2026-01-20 10:00:00', '600', '0')"
    )


def another_clock(archive: Archive) -> None:
    archive.load_clock(server_clock="Europe/Berlin")


def another_moment_of_the_correction(archive: Archive) -> None:
    """Put the clock right in the middle of the history, and not in 2025."""
    archive.load_clock(server_clock=SERVER_CLOCK_SETTING.replace("2025-08-15", "2026-01-12"))


def another_report_zone(archive: Archive) -> None:
    archive.load_clock(report="America/New_York")


@pytest.mark.parametrize(
    "change",
    [
        late,
        grown,
        rejected,
        told_by_another_source,
        another_runtime,
        gone_from_the_library,
        another_user_name,
        another_title,
        by_hand,
        another_clock,
        another_moment_of_the_correction,
        another_report_zone,
    ],
)
def test_a_change_reaches_every_mart(archive: Archive, change: Callable[[Archive], None]) -> None:
    before = archive.marts()
    change(archive)
    archive.assert_as_if_built_anew()
    assert archive.marts() != before


def test_a_year_is_gone_with_its_only_session(archive: Archive) -> None:
    """Join the only session of an evening of 2025 to that before it, of New Year's Eve: a night ends at 05:00."""
    before_five, after_five = datetime(2024, 12, 31, 10, 50), datetime(2024, 12, 31, 11, 20)
    archive.load_events(event("u1", "1", before_five, "600"), event("u1", "1", after_five, "600"))
    archive.build()
    assert archive.ask("select evening_on from evenings where evening_on < '2025-02-01' and user_id = 'u1'") == [
        ("2024-12-31",),
        ("2025-01-01",),
    ]
    archive.load_events(event("u1", "1", before_five + timedelta(minutes=11), "1100"))
    archive.assert_as_if_built_anew()
    assert not archive.ask("select * from report_titles where year = '2025'")


def test_an_evening_loses_a_session_that_is_part_of_another_one_now(archive: Archive) -> None:
    """u2 watches on the evening on which nothing of u1 is left."""
    before_five, after_five = datetime(2024, 12, 31, 10, 50), datetime(2024, 12, 31, 11, 20)
    archive.load_events(
        event("u1", "1", before_five, "600"), event("u1", "1", after_five, "600"), event("u2", "2", after_five, "600")
    )
    archive.build()
    archive.load_events(event("u1", "1", before_five + timedelta(minutes=11), "1100"))
    archive.assert_as_if_built_anew()
    assert archive.ask("select user_id from user_evenings where evening_on = '2025-01-01'") == [("u2",)]


def test_a_highlight_that_nothing_earns_any_more_is_gone(archive: Archive) -> None:
    """Of a year that still has evenings: one that two spent together, and one with a completed episode."""
    before_five, after_five = datetime(2024, 12, 31, 10, 50), datetime(2024, 12, 31, 11, 20)
    of_series = {"SeriesId": "s1", "SeriesName": "S", "ParentIndexNumber": 1, "IndexNumber": 1}
    episode = movie("7", None, "Episode")
    archive.listed["7"] = episode | {"payload": json.dumps(of_series | {"RunTimeTicks": 9_000_000_000})}
    archive.load_lists()
    archive.load_events(*(event(user, "1", after_five, "600") for user in ("u1", "u2")))
    archive.load_events(event("u1", "1", before_five, "600"), event("u1", "7", datetime(2025, 3, 1, 20), "900"))
    archive.build()
    earned = "select distinct highlight from report_highlights where year = '2025' and highlight like 'most % evening'"
    assert len(archive.ask(earned)) == 2
    archive.load_events(event("u1", "1", before_five + timedelta(minutes=11), "1100"))
    archive.listed["7"] = episode | {"payload": json.dumps(of_series | {"RunTimeTicks": 90_000_000_000})}
    archive.load_lists()
    archive.assert_as_if_built_anew()
    assert not archive.ask(earned)


@pytest.mark.parametrize(
    ("starts", "grown"),
    [
        # Seconds after 02:00 UTC. The session that is swallowed is of the evening after, and of the one before.
        ((0, 1830), (0, "1900")),
        ((1810, 3000), (1810, "1100")),
    ],
)
def test_an_evening_loses_a_session_also_where_the_clock_goes_back(
    archive: Archive, starts: tuple[int, int], grown: tuple[int, str]
) -> None:
    """In St. John's it went back from 00:01 to 23:01, and with this var an evening ends at midnight."""
    midnight_there = datetime(2010, 11, 7, 2)
    archive.load_clock(server_clock="UTC", report="America/St_Johns")
    archive.load_events(*(event("u1", "1", midnight_there + timedelta(seconds=start), "10") for start in starts))
    archive.load_events(event("u2", "2", midnight_there, "60"), event("u2", "2", midnight_there.replace(hour=10), "60"))
    with_var = ("--vars", '{"evening_until_hour": 0}')
    archive.build(*with_var)
    before = archive.ask("select distinct evening_on from watch_sessions where user_id = 'u1' and item_id = '1'")
    assert {("2010-11-06",), ("2010-11-07",)} <= set(before)
    start, seconds = grown
    archive.load_events(event("u1", "1", midnight_there + timedelta(seconds=start), seconds))
    archive.assert_as_if_built_anew(*with_var)


def test_what_an_import_counted_is_no_event_that_was_built(archive: Archive) -> None:
    """A backup of Jellystat without plays is imported, built and taken out again: its number is given to events."""
    archive.load(JELLYSTAT_ROWS, [{"table_name": "jf_users", "row_hash": "h", "payload": '{"Id": "u1"}'}])
    archive.build()
    archive.ask("delete from raw_jellystat_rows")
    archive.load_events(event("u3", "3", DAYS[1], "900"))
    archive.assert_as_if_built_anew()


def test_a_genre_with_a_digit_in_front_is_another_one(archive: Archive) -> None:
    archive.listed = {"1": movie("1", 1000, genre="8Drama"), "2": movie("2", 1000)}
    archive.load_lists()
    archive.load(NAME_HASHES, names.iter_hashes({"8Drama"}))
    archive.load(TMDB_GENRES, [{"media_type": "movie", "genre_id": 1, "genre_name": "8Drama"}])
    archive.build()
    archive.load(TMDB_GENRES, [{"media_type": "movie", "genre_id": 18, "genre_name": "Drama"}])
    archive.assert_as_if_built_anew()


def test_a_session_over_years_takes_up_those_of_the_years_between(archive: Archive) -> None:
    archive.load_events(
        event("u1", "1", datetime(2021, 3, 1, 20), "600"), event("u1", "1", datetime(2023, 2, 1), "600")
    )
    archive.load_events(event("u2", "2", datetime(2023, 7, 1, 20), "600"))
    archive.build()
    longer = event("u1", "1", datetime(2021, 3, 1, 20), "70000601", pause_duration_seconds="70000000")
    archive.load_events(longer)
    archive.assert_as_if_built_anew()


def test_a_night_makes_only_the_evenings_again_on_which_something_changed(archive: Archive) -> None:
    """u1 has seen item 1 on other evenings too: their sessions are formed again, and are as they were."""
    (number,) = archive.ask("select max(build_number) from builds")[0]
    archive.load_events(event("u1", "1", DAYS[2] + timedelta(days=30), "900"))
    archive.build()
    assert archive.ask(f"select distinct evening_on from user_evenings where changed_in_build > {number}") == [
        ("2026-02-09",)
    ]
    assert archive.ask(
        "select count(distinct evening_on) > 1 from watch_sessions where user_id = 'u1' and item_id = '1'"
    ) == [(1,)]


@pytest.mark.parametrize("item_type", ["Movie", "Trailer"])
def test_another_name_of_what_was_never_listed_reaches_the_years_before(archive: Archive, item_type: str) -> None:
    """Of the same type, or of another one too."""
    archive.load_events(event("u1", "9", DAYS[0], "900", item_name="Before", item_type=item_type))
    archive.build()
    archive.load_events(event("u1", "9", DAYS[2], "900", item_name="After", item_type="Movie"))
    archive.assert_as_if_built_anew()
    assert set(archive.ask("select title from report_titles where title_id = 'movie/item/9'")) == {("After",)}


@pytest.mark.parametrize(
    "setting",
    [
        {"session_gap_minutes": 1000},
        {"completed_ratio_threshold": 0.5, "partial_ratio_threshold": 0.1},
        {"min_sampled_seconds": 1000},
        {"fallback_movie_runtime_seconds": 100},
        {"longest_event_hours": 0.3},
    ],
)
def test_a_changed_setting_is_noticed_and_so_is_its_return(archive: Archive, setting: dict[str, float]) -> None:
    before = archive.marts()
    archive.assert_as_if_built_anew("--vars", json.dumps(setting))
    assert archive.marts() != before
    archive.build()
    assert archive.marts() == before


def test_what_a_failed_build_left_out_is_caught_up(archive: Archive) -> None:
    late(archive)
    before = archive.marts()["watch_sessions"]
    # What watch_sessions is made of is built by then.
    archive.ask("create trigger refuse before insert on watch_sessions begin select raise(abort, 'refused'); end")
    archive.build_in_vain()
    archive.ask("drop trigger refuse")
    assert archive.marts()["watch_sessions"] == before
    archive.assert_as_if_built_anew()


@pytest.mark.parametrize(
    "selected",
    [
        "int_user_items_played int_user_items_described",
        "int_user_items_played int_user_items_described int_watch_events_deduplicated user_item_stats",
        "watch_events watch_sessions user_item_stats",
        "int_watched_items_described int_watch_sessions_in_viewings watch_sessions",
    ],
)
def test_whoever_builds_some_models_alone_finds_the_rest_caught_up(archive: Archive, selected: str) -> None:
    late(archive)
    archive.build("--select", *selected.split())
    archive.assert_as_if_built_anew()


@pytest.mark.parametrize(
    ("change", "selected"),
    [
        (gone_from_the_library, "library_items item_genres"),
        (another_runtime, "int_watched_items_described library_items int_user_items_described"),
        (another_clock, "int_user_items_played+"),
        (another_report_zone, "int_watch_events_deduplicated+"),
    ],
)
def test_what_was_built_from_older_models_is_built_again(
    archive: Archive, change: Callable[[Archive], None], selected: str
) -> None:
    change(archive)
    archive.build("--select", *selected.split())
    archive.assert_as_if_built_anew()


def test_a_view_with_another_setting_is_noticed(archive: Archive) -> None:
    setting = ("--vars", "{completed_ratio_threshold: 0.5}")
    archive.build("--select", "int_watch_sessions_in_viewings+", *setting)
    archive.assert_as_if_built_anew(*setting)


def test_a_build_without_rows_is_no_build(archive: Archive) -> None:
    another_runtime(archive)
    archive.build("--empty")
    archive.assert_as_if_built_anew()


def test_models_that_were_built_alone_with_other_settings_leave_nothing_behind(archive: Archive) -> None:
    late(archive)
    archive.build("--exclude", "user_item_stats")
    sessions = ("int_watch_sessions_rated", "watch_sessions")
    archive.build("--select", *sessions, "--vars", "{completed_ratio_threshold: 1}")
    archive.build("--select", "user_item_stats")
    archive.assert_as_if_built_anew()


def test_a_warehouse_is_built_before_anything_is_loaded(archive: Archive) -> None:
    archive.database.unlink()
    with Warehouse(archive.database):
        pass
    archive.build()
    archive.load_clock()
    archive.load_lists()
    late(archive)
    archive.assert_as_if_built_anew()


def test_a_full_refresh_of_some_models_builds_the_rest_anew(archive: Archive) -> None:
    archive.load_events(event("a first user", "1", DAYS[2], "900"))
    archive.build("--select", "int_user_items_played", "--full-refresh")
    archive.assert_as_if_built_anew()


def test_tables_of_a_version_that_kept_no_record_are_built_anew(archive: Archive) -> None:
    late(archive)
    archive.ask("drop table builds")
    archive.assert_as_if_built_anew()


def test_observations_that_are_checked_and_not_yet_built_are_told_of_by_no_mart(archive: Archive) -> None:
    before = archive.marts()
    late(archive)
    archive.build("--select", "int_watch_event_observations_checked")
    assert archive.marts() == before
    archive.assert_as_if_built_anew()


def test_only_the_user_and_item_that_changed_are_built(archive: Archive) -> None:
    late(archive)
    archive.build()
    assert archive.ask(
        "select user_id, item_id from int_user_items_described "
        "where changed_in_build = (select max(build_number) from builds)"
    ) == [("u1", "1")]
    # What is not built is not looked at either.
    archive.ask("update watch_sessions set item_name = 'marked'")
    grown(archive)
    archive.build()
    unmarked = "select distinct user_id, item_id from watch_sessions where item_name <> 'marked'"
    assert archive.ask(unmarked) == [("u1", "1")]


def test_the_tables_of_the_library_are_built_when_it_changed(archive: Archive) -> None:
    archive.ask("delete from library_items where item_id = '4'")
    late(archive)
    archive.load_lists()
    archive.build()
    assert archive.ask("select count(*) from library_items where item_id = '4'") == [(0,)]
    another_runtime(archive)
    archive.build()
    assert archive.ask("select count(*) from library_items where item_id = '4'") == [(1,)]


def test_a_row_that_two_builds_could_not_finish_is_built_by_the_third(archive: Archive) -> None:
    late(archive)
    archive.ask("create trigger refuse before insert on user_item_stats begin select raise(abort, 'refused'); end")
    archive.build_in_vain()
    grown(archive)
    archive.build_in_vain()
    archive.ask("drop trigger refuse")
    archive.assert_as_if_built_anew()


def test_a_library_that_changes_and_changes_back_is_built(archive: Archive) -> None:
    """The first of the two builds fails after the tables of the library."""
    genre = "insert into raw_tmdb_genres (media_type, genre_id, genre_name) values ('movie', 18, 'Drama')"
    archive.ask(genre)
    archive.ask("create trigger refuse before insert on user_item_stats begin select raise(abort, 'refused'); end")
    late(archive)
    archive.build_in_vain()
    archive.ask("drop trigger refuse")
    archive.ask("delete from raw_tmdb_genres")
    archive.assert_as_if_built_anew()
