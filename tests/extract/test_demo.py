"""The simulated household answers as real servers do."""

import json
from datetime import UTC, datetime
from typing import Any

from extract.demo.household import make_household
from extract.demo.loopback import Request
from extract.demo.servers import API_KEY, Emby

NOW = datetime(2025, 12, 15, 3, tzinfo=UTC)
HOUSEHOLD = make_household(NOW)
EMBY = Emby(HOUSEHOLD)
EVERYTHING = {"Recursive": "true", "IncludeItemTypes": "Movie,Episode,Series"}


def ask(path: str, **query: str) -> Any:
    response = EMBY(Request("GET", path, query, {"X-Emby-Token": API_KEY}))
    return json.loads(response.body)


def status(path: str, **query: str) -> int:
    return EMBY(Request("GET", path, query, {"X-Emby-Token": API_KEY})).status


def test_the_same_moment_gives_the_same_household() -> None:
    assert make_household(NOW) == HOUSEHOLD


def test_a_day_that_was_made_once_stays() -> None:
    later = make_household(datetime(2025, 12, 25, 3, tzinfo=UTC))
    first, last = "2025-09-01", "2025-12-01"
    assert [p for p in later.plays if first < p.played_at < last] == [
        p for p in HOUSEHOLD.plays if first < p.played_at < last
    ]


def test_nothing_is_played_after_now() -> None:
    assert max(play.played_at for play in HOUSEHOLD.plays) < "2025-12-15 14:00:00"
    assert max(play.played_at for play in HOUSEHOLD.plays) > "2025-12-10"


def test_the_server_clock_was_wrong_before_the_correction() -> None:
    hours = [int(play.played_at[11:13]) for play in HOUSEHOLD.plays if play.played_at < "2025-08-15"]
    evenings = [int(play.played_at[11:13]) for play in HOUSEHOLD.plays if play.played_at > "2025-08-17"]
    assert min(hours) >= 0 and sorted(hours)[len(hours) // 2] < 7
    assert sorted(evenings)[len(evenings) // 2] >= 18


def test_fields_come_only_when_they_are_named() -> None:
    bare = ask("/Items", **EVERYTHING)["Items"][0]
    assert "Genres" not in bare and "Path" not in bare
    full = ask("/Items", Fields="Genres,Tags,Path", **EVERYTHING)["Items"][0]
    assert {"Genres", "GenreItems", "TagItems", "Path"} <= set(full)
    assert "Tags" not in full


def test_without_recursive_nothing_comes() -> None:
    assert ask("/Items", IncludeItemTypes="Movie")["Items"] == []


def test_pages_fit_together() -> None:
    whole = [item["Id"] for item in ask("/Items", **EVERYTHING)["Items"]]
    pages = [
        item["Id"]
        for start in range(0, len(whole), 10)
        for item in ask("/Items", StartIndex=str(start), Limit="10", **EVERYTHING)["Items"]
    ]
    assert pages == whole
    assert len(set(whole)) == len(whole)


def test_an_unknown_sort_order_is_an_error() -> None:
    assert status("/Items", SortBy="Nonsense", **EVERYTHING) == 500


def test_the_key_is_checked_except_by_ping() -> None:
    assert EMBY(Request("GET", "/System/Ping", {}, {})).body == b"Emby Server"
    refused = EMBY(Request("GET", "/System/Info", {}, {"X-Emby-Token": "wrong"}))
    assert (refused.status, refused.body) == (401, b"Access token is invalid or expired.")
    assert ask("/System/Info")["Version"].startswith("4.8")


def test_hidden_users_alone_come_when_asked_for() -> None:
    assert [user["Name"] for user in ask("/Users/Query", IsHidden="true")["Items"]] == ["harold"]
    assert len(ask("/Users/Query")["Items"]) == 4


def test_a_window_has_one_date_more_than_days_and_misses_its_last_second() -> None:
    playlist = ask("/user_usage_stats/UserPlaylist", user_id="", days="6", end_date="2025-10-10")
    assert {event["date"] for event in playlist} <= {f"2025-10-{day:02}" for day in range(4, 11)}
    assert [(e["date"], e["time"]) for e in playlist] == sorted(
        ((e["date"], e["time"]) for e in playlist), reverse=True
    )
    last_seconds = [p.played_at for p in HOUSEHOLD.plays if p.played_at[11:19] == "23:59:59"]
    assert last_seconds, "the household shows the fault that windows have"
    day = last_seconds[0][:10]
    missed = ask("/user_usage_stats/UserPlaylist", user_id="", end_date=day)
    assert not [event for event in missed if event["time"] == "23:59:59"]


def test_the_history_is_as_odd_as_a_real_one() -> None:
    playlist = ask("/user_usage_stats/UserPlaylist", user_id="", days="400", end_date="2025-12-20")
    durations = {event["duration"] for event in playlist}
    assert None in durations and "0" in durations
    assert any(int(seconds) < 0 for seconds in durations if seconds)
    assert {"Movie", "Episode", "Trailer"} <= {event["item_type"] for event in playlist}
    assert "unknown" in {event["user_name"] for event in playlist}
    assert all(isinstance(event["item_id"], int) for event in playlist)
    starts = [(event["user_id"], event["item_id"], event["date"], event["time"]) for event in playlist]
    assert len(set(starts)) < len(starts), "two rows within one second"
