from datetime import date, timedelta
from typing import Any

import pytest

from extract.demo.household import Household
from extract.demo.loopback import Request, Response
from extract.demo.servers import Emby
from extract.errors import ApiError, PluginMissingError
from extract.progress import Silent
from extract.sources import playback_playlist
from tests.servers import Script, emby_client, json_response, movie, play, user

LIBRARY = Household(items=[movie(str(number)) for number in range(1, 8)], users=[user("u1", "ann")])
TODAY = date(2025, 9, 1)


def last_days(count: int) -> list[date]:
    return [TODAY - timedelta(days=number) for number in range(count)]


def ignore(_: dict[str, Any]) -> None:
    """Hear of a day that was read, and do nothing."""


def events_of(answer: Any, days: int = 60) -> list[dict[str, Any]]:
    with emby_client(answer) as client:
        return list(playback_playlist.iter_playlist(client, last_days(days), Silent(), ignore))


def test_an_event_is_kept_as_received() -> None:
    household = Household(plays=[play("2025-08-20 04:17:06", "u1", "528946", 1563, item_type="Episode")])
    rows = events_of(household)
    assert rows[0] == {
        "source": "playlist",
        "user_id": "u1",
        "item_id": "528946",
        "played_at_local": "2025-08-20 04:17:06",
        "item_name": "Item 528946",
        "item_type": "Episode",
        "play_duration_seconds": "1563",
        "pause_duration_seconds": "",
        "user_name": "unknown",
        "remote_address": "192.168.1.2",
        **dict.fromkeys(("playback_method", "client_name", "device_name", "transcode_reasons")),
    }


def test_windows_cover_every_second_of_every_day() -> None:
    days = [TODAY - timedelta(days=number) for number in range(1, 60)]
    plays = [play(f"{day} 00:00:00", "u1", "1", 5) for day in days]
    # In the last second of a day the plugin's window has ended already.
    plays += [play(f"{day} 23:59:59.7500000", "u1", "1", 5) for day in days]
    seen = {row["played_at_local"] for row in events_of(Household(plays=plays))}
    assert seen == {f"{day} {time}" for day in days for time in ("00:00:00", "23:59:59")}


def test_busy_windows_shrink_and_idle_ones_grow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(playback_playlist, "ROWS_WANTED_PER_ANSWER", 8)
    busy = [play(f"2025-08-{day:02} {hour:02}:00:00", "u1", "1", 5) for day in range(1, 32) for hour in range(24)]
    answer = Script(Emby(Household(plays=busy)))
    events_of(answer, days=200)
    windows = [int(request.query["days"]) for request in answer.requests]
    assert min(windows) == 1
    assert max(windows) == playback_playlist.LONGEST_WINDOW_DAYS


@pytest.mark.parametrize(
    ("event", "played_at_local", "duration"),
    [
        ({"date": "2025-08-20", "time": "04:17:06.1234567", "duration": 12}, "2025-08-20 04:17:06.1234567", "12"),
        ({"date": "2025-08-20", "duration": "abc"}, "2025-08-20", "abc"),
        ({"time": "04:17:06", "duration": None}, "04:17:06", ""),
        ({"date": None, "time": None, "duration": -2147483648}, "", "-2147483648"),
        ({"date": 5, "duration": 1.5}, "5", "1.5"),
    ],
)
def test_an_event_with_holes_lands_all_the_same(event: dict[str, Any], played_at_local: str, duration: str) -> None:
    rows = events_of(Script(Emby(LIBRARY), Response(body=b"[]"), Response(body=b"[]"), json_response([event])))
    assert rows[0]["played_at_local"] == played_at_local
    assert rows[0]["play_duration_seconds"] == duration
    assert rows[0]["user_id"] == ""


def test_an_event_that_is_none_is_left_out_with_a_reason() -> None:
    progress = Silent()
    with emby_client(Script(Emby(LIBRARY), json_response(["x"]))) as client:
        assert list(playback_playlist.iter_playlist(client, last_days(1), progress, ignore)) == []
    assert progress.rejections == ['an event is "x", and no object']


def test_a_history_that_is_no_list_is_told() -> None:
    with pytest.raises(ApiError, match="a list was expected, and null came"):
        events_of(Script(Emby(LIBRARY), json_response(None)))


def test_a_server_without_the_plugin_is_told_so() -> None:
    real = Emby(LIBRARY)

    def without_plugin(request: Request) -> Response:
        missing = Response(404, b"Unable to find the requested resource", "text/plain")
        return missing if request.path.startswith("/user_usage_stats") else real(request)

    with pytest.raises(PluginMissingError, match="no Playback Reporting plugin"):
        events_of(without_plugin)


def test_a_wrong_address_is_not_taken_for_a_missing_plugin() -> None:
    with pytest.raises(ApiError, match="EMBY_BASE_URL leads to no Emby server, or that server has no Playback"):
        events_of(lambda _: Response(404, b"<html>", "text/html"))
