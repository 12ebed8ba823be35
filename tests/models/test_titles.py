"""A film or an episode is one title, whatever item ids it has had."""

import json
import random
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from extract.demo.household import make_household
from extract.demo.library import iter_library
from extract.landing.raw_tables import ITEMS, SERVER_CLOCK, TIMEZONE_OFFSETS, USERS, WATCH_EVENTS
from extract.landing.warehouse import Warehouse
from extract.sources import clock
from extract.sources.timezone_offsets import iter_timezone_offsets
from tests.dbt import CompiledModels
from tests.environment import CLOCK, Rows

Payload = dict[str, Any]
PLAYABLE = ("Movie", "Episode")


def ask(models: CompiledModels, database: Path, listings: list[list[Payload]], sql: str) -> Rows:
    """Load one listing of a library after another, build the models in memory, and ask."""
    with Warehouse(database) as warehouse:
        for number, listing in enumerate(listings, start=1):
            rows = [{"item_id": item["Id"], "item_type": item["Type"], "payload": json.dumps(item)} for item in listing]
            warehouse.collect(ITEMS, rows)
            warehouse.load([ITEMS], f"2026-01-0{number} 00:00:00")
    with closing(models.on_raw_of(database)) as connection:
        return connection.execute(sql).fetchall()


def added_again(library: list[Payload]) -> list[Payload]:
    """Return the library as a server set up anew lists it: other ids, in another order, below another folder."""
    ids = {item["Id"]: f"9{number:05}" for number, item in enumerate(sorted(library, key=lambda item: item["Name"]))}
    return [
        item
        | {"Id": ids[item["Id"]], "Path": item["Path"].replace("/media", "/volume1/video")}
        | ({"SeriesId": ids[item["SeriesId"]]} if "SeriesId" in item else {})
        for item in library
    ]


def without_ids(library: list[Payload]) -> list[Payload]:
    return [item | {"ProviderIds": {}} for item in library]


@pytest.mark.parametrize("scraped", [True, False])
def test_a_library_that_is_deleted_and_added_again_has_the_same_titles(
    models: CompiledModels, database: Path, tmp_path: Path, *, scraped: bool
) -> None:
    library = list(iter_library()) if scraped else without_ids(list(iter_library()))
    listed = sum(item["Type"] in PLAYABLE for item in library)
    before = ask(models, database, [library], "select title_id, title_name, item_count, is_in_library from titles")
    assert len(before) == listed
    both = tmp_path / "both.db"
    after = ask(
        models,
        both,
        [library, added_again(library)],
        "select title_id, title_name, item_count, is_in_library from titles",
    )
    assert sorted(after) == sorted((title, name, 2, 1) for title, name, *_ in before)


def test_the_order_of_rows_and_ids_matters_to_no_title(models: CompiledModels, tmp_path: Path) -> None:
    library = list(iter_library())
    sql = "select title_id from titles"
    expected = sorted(ask(models, tmp_path / "in_order.db", [library], sql))
    shuffled = added_again(library)
    random.Random(1).shuffle(shuffled)
    assert sorted(ask(models, tmp_path / "shuffled.db", [shuffled], sql)) == expected


def test_an_id_that_is_corrected_later_takes_its_title_along(models: CompiledModels, database: Path) -> None:
    film: Payload = {"Id": "1", "Type": "Movie", "Name": "Solaris", "ProductionYear": 1972}
    copy = film | {"Id": "2", "ProviderIds": {"Tmdb": "593"}}
    wrong, right = film | {"ProviderIds": {"Tmdb": "2103"}}, film | {"ProviderIds": {"Tmdb": "593"}}
    sql = "select item_id, title_id from item_titles order by item_id"
    assert ask(models, database, [[wrong, copy]], sql) == [("1", "movie/tmdb/2103"), ("2", "movie/tmdb/593")]
    assert ask(models, database, [[right, copy]], sql) == [("1", "movie/tmdb/593"), ("2", "movie/tmdb/593")]


def test_files_of_one_name_in_two_shows_are_two_titles(models: CompiledModels, database: Path) -> None:
    shows: list[Payload] = [{"Id": id_, "Type": "Series", "Name": f"Show {id_}"} for id_ in "12"]
    episodes: list[Payload] = [
        {
            "Id": f"{show}1",
            "Type": "Episode",
            "Name": "Pilot",
            "SeriesId": show,
            "ParentIndexNumber": 1,
            "IndexNumber": 1,
        }
        | {"Path": f"/tv/{show}/S01E01.mkv"}
        for show in "12"
    ]
    assert ask(models, database, [shows + episodes], "select title_id, item_count from titles order by 1") == [
        ("episode/name/show 1/1/1", 1),
        ("episode/name/show 2/1/1", 1),
    ]


def history(models: CompiledModels, database: Path, *, moved: bool) -> dict[str, Rows]:
    """Return what was watched by title: of one library, or of one that was deleted and added again meanwhile."""
    library, household = list(iter_library()), make_household(datetime(2025, 12, 15, 3, tzinfo=UTC))
    again = added_again(library)
    new_ids = {item["Path"].replace("/volume1/video", "/media"): item["Id"] for item in again}
    ids = {item["Id"]: new_ids[item["Path"]] for item in library} if moved else {}
    events = [
        dict.fromkeys(WATCH_EVENTS.received)
        | {
            "source": "query",
            "user_id": play.user_id,
            "item_id": ids.get(play.item_id, play.item_id) if play.played_at > "2025-10-01" else play.item_id,
            "played_at_local": play.played_at,
            "play_duration_seconds": str(play.play_seconds),
            "pause_duration_seconds": "" if play.pause_seconds is None else str(play.pause_seconds),
            "item_name": play.item_name,
            "item_type": play.item_type,
        }
        for play in household.plays
        if play.item_type != "Trailer"
    ]
    users = [
        {"user_id": user["Id"], "user_name": user["Name"], "payload": json.dumps(user)} for user in household.users
    ]
    eras = clock.parse_server_clock(CLOCK["EMBY_SERVER_CLOCK"])
    with Warehouse(database) as warehouse:
        for table, rows in (
            (SERVER_CLOCK, clock.iter_server_clock(eras)),
            (TIMEZONE_OFFSETS, iter_timezone_offsets(eras, CLOCK["REPORT_TIMEZONE"])),
            (USERS, users),
            (WATCH_EVENTS, events),
        ):
            warehouse.collect(table, rows)
            warehouse.load([table], "2026-01-01 00:00:00")
    of_title = (
        "user_title_id, user_name, title_name, series_name, item_type, session_count, total_seconds_watched, "
        "best_completion_ratio, round(average_completion_ratio, 9), viewing_count, rewatch_count, adherence_score, "
        "days_between_first_and_last, completed_session_count, partial_session_count, sampled_session_count, "
        "abandoned_session_count, is_in_library, first_watched_at, last_watched_at"
    )
    of_series = (
        "user_name, series_name, episodes_in_library, episodes_completed, last_completed_episode, next_season_number, "
        "next_episode_number, next_item_name, last_watched_at, is_caught_up"
    )
    of_report = "user_name, title, title_type, year, session_count, watched_hours, viewing_count, rewatch_count"
    asked = {
        "user_title_stats": of_title,
        "series_progress": of_series,
        "report_titles": of_report,
        "report_library": "viewer_name, item_type, state, item_count",
    }
    listings = [library, again] if moved else [library]
    ask(models, database, listings, "select 1")
    with closing(models.on_raw_of(database)) as connection:
        return {
            mart: sorted(connection.execute(f"select {columns} from {mart}").fetchall(), key=repr)
            for mart, columns in asked.items()
        }


def test_viewings_go_on_where_a_library_is_deleted_and_added_again(models: CompiledModels, tmp_path: Path) -> None:
    stayed = history(models, tmp_path / "stayed.db", moved=False)
    moved = history(models, tmp_path / "moved.db", moved=True)
    assert len(stayed["user_title_stats"]) > 100
    for mart, rows in stayed.items():
        assert moved[mart] == rows, mart
