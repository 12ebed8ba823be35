"""A household whose library was added again, and that brings a backup of Jellystat and a database of Tautulli."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from extract.cli import main
from extract.demo.household import PEOPLE, Household, Play, make_household
from extract.demo.library import iter_library
from extract.explain.__main__ import main as explain_command
from extract.explain.chosen import Chosen
from extract.explain.parts import Part, compile_analyses, connect, explain
from extract.run.report import Report
from extract.settings import Settings
from tests.dbt import build, run_models
from tests.environment import Rows
from tests.models.reference import instant
from tests.models.test_titles import added_again
from tests.other_histories import activity, as_lines, plex_play, write_tautulli
from tests.system.test_end_to_end import extract

NOW = datetime(2025, 12, 15, 3, tzinfo=UTC)
MOVED_AT = "2025-10-01"
YEAR = timedelta(days=365)
NAMES = {person.user_id: person.name for person in PEOPLE}
GUEST = plex_play(90_000, 1_700_000_000, 600, user_id=99, user="a guest", title="Only there", year=1999, rating_key=7)
DAY_SECONDS = 86_400


@dataclass(frozen=True)
class Brought:
    """What was brought: the database, the files, and how many seconds only they know."""

    database: Path
    jellystat: Path
    tautulli: Path
    plugin_seconds: int
    jellystat_seconds: int
    tautulli_seconds: int


def distinct(plays: list[Play]) -> list[Play]:
    """Return those that are usable, the longest of each second."""
    longest: dict[tuple[str, str, str], Play] = {}
    for play in plays:
        key = (play.user_id, play.item_id, play.played_at[:19])
        if watched(play) >= 0 and (key not in longest or watched(longest[key]) < watched(play)):
            longest[key] = play
    return list(longest.values())


def watched(play: Play) -> int:
    return play.play_seconds - (play.pause_seconds or 0)


def as_activity(number: int, play: Play, started: datetime, **fields: Any) -> dict[str, Any]:
    """Return how Jellystat tells it: the moment of the stop, in UTC, and the seconds without the pause."""
    stopped = started + timedelta(seconds=play.play_seconds)
    told = activity(
        f"j{number}",
        play.user_id,
        play.item_id,
        stopped.strftime("%Y-%m-%dT%H:%M:%S.000Z"),
        watched(play),
        UserName=NAMES[play.user_id],
        NowPlayingItemName=play.item_name,
        EpisodeId=play.item_id if play.item_type == "Episode" else None,
    )
    return told | fields


def as_copy(number: int, play: Play) -> dict[str, Any]:
    """Return how Jellystat tells what it had copied from the plugin: the start, off by hours, pauses included."""
    started = instant(play.played_at[:19]) + timedelta(hours=3)
    told = {"PlaybackDuration": str(play.play_seconds), "imported": True}
    return as_activity(number, play, started, **told, ActivityDateInserted=started.strftime("%Y-%m-%dT%H:%M:%S.000Z"))


def as_plugin_row(number: int, play: Play) -> dict[str, Any]:
    """Return Jellystat's copy of the plugin's row, with the pause in its seconds."""
    return {
        "rowid": str(number),
        "DateCreated": play.played_at[:19].replace(" ", "T") + ".000Z",
        "UserId": play.user_id,
        "ItemId": play.item_id,
        "ItemType": play.item_type,
        "ItemName": play.item_name,
        "PlayDuration": str(play.play_seconds),
    }


@pytest.fixture(scope="module")
def brought(tmp_path_factory: pytest.TempPathFactory) -> Brought:
    folder = tmp_path_factory.mktemp("brought")
    database = folder / "warehouse.db"
    old = list(iter_library())
    new = added_again(old)
    new_ids = {item["Path"].replace("/volume1/video", "/media"): item["Id"] for item in new}
    moved = {item["Id"]: new_ids[item["Path"]] for item in old}
    films = {item["Id"]: item for item in old if item["Type"] == "Movie"}
    before = make_household(NOW)
    plays = [
        replace(play, item_id=moved.get(play.item_id, play.item_id)) if play.played_at >= MOVED_AT else play
        for play in before.plays
    ]
    extract(Household(items=old, users=before.users, plays=[p for p in plays if p.played_at < MOVED_AT]), database)
    extract(Household(items=new, users=before.users, plays=plays), database, "--max-removals", "100")

    told = distinct(plays)
    listed = {user["Id"] for user in before.users}
    # What Jellystat saw itself of the same plays, and of the year before, when the plugin was not there yet.
    seen = [play for play in told if play.user_id in listed and play.item_type != "Trailer"]
    long_ago = [play for play in seen if play.played_at < MOVED_AT and watched(play) > 0][::3]
    activities = [as_activity(number, play, instant(play.played_at[:19])) for number, play in enumerate(seen)]
    activities += [
        as_activity(10_000 + number, play, instant(play.played_at[:19]) - YEAR) for number, play in enumerate(long_ago)
    ]
    # A play that was left open for a month, and copies of the plugin's rows, which are off by hours.
    activities.append(activity("open", seen[0].user_id, seen[0].item_id, "2025-12-01T00:00:00.000Z", 40 * DAY_SECONDS))
    activities += [as_copy(20_000 + number, play) for number, play in enumerate(seen[::5])]
    jellystat = as_lines(
        folder / "backup.jsonl",
        {
            "jf_playback_activity": activities,
            "jf_playback_reporting_plugin_data": [as_plugin_row(n, play) for n, play in enumerate(seen[::2])],
        },
    )
    # Tautulli knows some of the same evenings, and two years before all others.
    filmed = [play for play in seen if play.item_id in films and watched(play) >= 120]
    plex = [as_plex(number, play, films, instant(play.played_at[:19])) for number, play in enumerate(filmed)]
    plex += [
        as_plex(10_000 + number, play, films, instant(play.played_at[:19]) - 2 * YEAR)
        for number, play in enumerate(filmed)
    ]
    tautulli = write_tautulli(folder / "tautulli.db", [*plex, GUEST])

    for command, file in (("import-jellystat", jellystat), ("import-tautulli", tautulli)):
        result = CliRunner().invoke(main, [command, str(file)], env={"WAREHOUSE_PATH": str(database)})
        assert result.exit_code == 0, result.output
    build(database, "--exclude-resource-type", "unit_test")
    return Brought(
        database,
        jellystat,
        tautulli,
        sum(map(watched, told)),
        sum(map(watched, long_ago)),
        sum(map(watched, filmed)) + 600,
    )


def as_plex(id_: int, play: Play, films: dict[str, Any], started: datetime) -> dict[str, Any]:
    """Return how Tautulli tells a film: by Plex's ids, in seconds since 1970, with the pause apart."""
    item = films[play.item_id]
    return plex_play(
        id_,
        int(started.timestamp()) + 20,
        watched(play),
        paused_counter=play.pause_seconds or 0,
        rating_key=50_000 + int(play.item_id),
        user_id=list(NAMES).index(play.user_id),
        user=NAMES[play.user_id].upper(),
        title=item["Name"],
        year=item["ProductionYear"],
        guid="plex://movie/5d776" + play.item_id,
        duration=item.get("RunTimeTicks", 0) // 10_000,
    )


def ask(brought: Brought, sql: str) -> Rows:
    with closing(sqlite3.connect(brought.database)) as connection:
        return connection.execute(sql).fetchall()


def test_no_second_is_counted_twice_and_none_is_lost(brought: Brought) -> None:
    by_source: dict[str, int] = dict(
        ask(brought, "select source, sum(used_seconds) from source_reconciliation group by source")
    )
    assert by_source == {
        "query": brought.plugin_seconds,
        "jellystat": brought.jellystat_seconds,
        "jellystat_copy": 0,
        "jellystat_plugin": 0,
        "tautulli": brought.tautulli_seconds,
    }
    assert ask(brought, "select sum(watched_seconds) from watch_events") == [(sum(by_source.values()),)]


def test_every_play_is_told_once_and_says_why(brought: Brought) -> None:
    reasons: dict[str, int] = dict(
        ask(
            brought,
            "select source || ' ' || status || ' ' || reason, count(*) from watch_event_observations group by 1",
        )
    )
    assert reasons.pop("jellystat rejected implausible_duration") == 1
    assert reasons.keys() == {
        "query used only_observation",
        "query used longest_observation",
        "query superseded shorter",
        "query rejected negative_duration",
        "jellystat used only_source",
        "jellystat superseded told_by_better_source",
        "jellystat_copy rejected copied_from_plugin",
        "jellystat_copy superseded told_by_better_source",
        "jellystat_plugin superseded told_by_better_source",
        "tautulli used only_source",
        "tautulli superseded told_by_better_source",
    }


def test_a_superseded_play_names_the_event_that_is_used(brought: Brought) -> None:
    assert ask(
        brought,
        "select count(*) from watch_event_observations where status = 'superseded' and event_id not in "
        "(select event_id from watch_events)",
    ) == [(0,)]


def test_a_person_whom_nobody_knows_is_a_user_of_their_own(brought: Brought) -> None:
    assert ask(brought, "select user_id, user_name, is_removed from users where source = 'tautulli'") == [
        ("tautulli:99", "a guest", 1)
    ]
    assert ask(brought, "select item_name, total_seconds_watched from user_item_stats where user_id like 'taut%'") == [
        ("Only there", 600)
    ]


def test_a_film_of_another_server_is_the_same_title(brought: Brought) -> None:
    titles = ask(
        brought,
        "select title_id, count(*) from item_titles inner join items using (item_id) "
        "where item_name = 'Carnival of Souls' and item_type = 'Movie' group by 1",
    )
    assert [count for _, count in titles] == [3]


def test_importing_again_changes_nothing(brought: Brought, tmp_path: Path) -> None:
    database = tmp_path / "copy.db"
    with closing(sqlite3.connect(brought.database)) as source, closing(sqlite3.connect(database)) as target:
        source.backup(target)
    before = dump(database)
    for command, file in (("import-tautulli", brought.tautulli), ("import-jellystat", brought.jellystat)):
        result = CliRunner().invoke(main, [command, str(file)], env={"WAREHOUSE_PATH": str(database)})
        assert result.exit_code == 0, result.output
    run_models(database)
    assert dump(database) == before


def test_an_explanation_tells_of_other_sources_and_of_other_ids_of_the_title(brought: Brought) -> None:
    played = ask(
        brought,
        "select user_title_stats.user_id, user_title_stats.title_id, item_titles.item_id from user_title_stats "
        "inner join item_titles using (title_id) inner join user_item_stats using (user_id, item_id) "
        "where played_item_count > 1 order by 1, 2, user_item_stats.last_watched_at desc",
    )
    last_items = {(user, title): item for user, title, item in reversed(played)}
    assert len(last_items) > 50
    with closing(connect(brought.database)) as connection:
        statements = compile_analyses(connection, Settings({}), Report(quiet=True))
        for (user, title), item in last_items.items():
            parts = list(explain(connection, statements, Chosen(user, item, None, "")))
            ((seconds, viewings),) = ask(
                brought,
                f"select total_seconds_watched, viewing_count from user_title_stats "
                f"where user_id = '{user}' and title_id = '{title}'",
            )
            assert total(parts, "The same title under other ids") == seconds
            assert total(parts, "Viewings of the title") == viewings
            received = [part for part in parts if part.about == "What was received" and part.kind == "fact"]
            assert len(received) == total(parts, "What was received")


def total(parts: list[Part], about: str) -> float | None:
    """Return a heading's total, after asserting that its parts sum to it."""
    (found,) = [part.amount for part in parts if part.about == about and part.kind == "total"]
    assert sum(part.amount or 0 for part in parts if part.about == about and part.kind == "part") == found
    return found


def test_of_several_items_of_one_title_the_last_is_explained(brought: Brought) -> None:
    result = CliRunner().invoke(
        explain_command,
        ["--user", "buster", "--title", "carnival of souls"],
        env={"WAREHOUSE_PATH": str(brought.database)},
    )
    assert result.exit_code == 0, result.output
    assert "Not used: a source that is trusted more tells of the same play." in result.stdout
    assert "The same title under other ids" in result.stdout


def dump(database: Path) -> dict[str, Rows]:
    with closing(sqlite3.connect(database)) as connection:
        return {
            mart: connection.execute(f"select * from {mart} order by 1").fetchall()
            for mart in ("watch_event_observations", "user_item_stats", "titles", "users", "rejected_watch_events")
        }
