import json
from datetime import date, timedelta
from typing import Any

import pytest

from extract import emby
from extract.demo.household import Household
from extract.demo.servers import Emby, Request, Response
from extract.errors import ApiError, PluginMissingError
from extract.watching import Silent
from tests.servers import Script, emby_client, json_response, movie, play, user

LIBRARY = Household(items=[movie(str(number)) for number in range(1, 8)], users=[user("u1", "ann")])
TODAY = date(2025, 9, 1)


def items_of(answer: Any, page_size: int = 3) -> list[str]:
    with emby_client(answer) as client:
        return [row["item_id"] for row in emby.iter_items(client, page_size, Silent())]


def page(*ids: str, total: int = 99) -> Response:
    return json_response({"Items": [movie(id_) for id_ in ids], "TotalRecordCount": total})


def test_pages_are_read_to_the_end() -> None:
    assert items_of(LIBRARY) == ["1", "2", "3", "4", "5", "6", "7"]


@pytest.mark.parametrize("page_size", [1, 7, 8, 500])
def test_the_size_of_a_page_changes_nothing(page_size: int) -> None:
    assert len(items_of(LIBRARY, page_size)) == 7


def test_an_item_that_two_pages_list_comes_once() -> None:
    answer = Script(Emby(LIBRARY), page("1", "2", "3"), page("3", "4"), page("4"))
    assert items_of(answer) == ["1", "2", "3", "4"]


def test_a_total_that_lies_ends_nothing() -> None:
    answer = Script(Emby(LIBRARY), page("1", "2", "3", total=0), page("4", total=2), page(total=0))
    assert items_of(answer) == ["1", "2", "3", "4"]


def test_a_server_that_ignores_the_start_is_not_read_for_ever() -> None:
    answer = Script(Emby(LIBRARY), *[page("1", "2", "3")] * 9)
    assert items_of(answer) == ["1", "2", "3"]
    assert len(answer.requests) == 2


def test_an_item_keeps_every_field() -> None:
    item = movie("1", "Häxan", Genres=["Horror"], Surprise={"deep": [1, None]})
    with emby_client(Script(Emby(LIBRARY), json_response({"Items": [item]}), page())) as client:
        (row,) = emby.iter_items(client, 500, Silent())
    assert json.loads(row["payload"]) == item
    assert row["item_type"] == "Movie"


def test_the_fields_are_asked_for() -> None:
    answer = Script(Emby(LIBRARY))
    items_of(answer)
    query = answer.requests[0].query
    assert query["Recursive"] == "true"
    assert query["IncludeItemTypes"] == "Movie,Episode,Series"
    assert {"ProviderIds", "Genres", "Tags", "MediaStreams", "DateCreated"} <= set(query["Fields"].split(","))


def test_an_item_without_an_id_is_left_out_with_a_reason() -> None:
    watcher = Silent()
    items = [{"Name": "nameless"}, "bare", movie("1"), {"Id": 7}]
    with emby_client(Script(Emby(LIBRARY), json_response({"Items": items}), page())) as client:
        assert [row["item_id"] for row in emby.iter_items(client, 500, watcher)] == ["1"]
    assert len(watcher.rejections) == 3
    assert "nameless" in watcher.rejections[0]


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (None, "an object was expected, and null came"),
        ([], r"an object was expected, and \[\] came"),
        ({}, "a list was expected, and null came"),
        ({"Items": {}}, r"a list was expected, and \{\} came"),
        ({"Items": []}, "the listing is empty"),
    ],
)
def test_an_answer_out_of_contract_is_told(answer: Any, said: str) -> None:
    with pytest.raises(ApiError, match=said):
        items_of(Script(Emby(LIBRARY), json_response(answer)))


def test_a_wrong_key_is_told_without_the_key() -> None:
    with pytest.raises(ApiError, match="status 401.*EMBY_API_KEY is wrong") as caught:
        items_of(Emby(LIBRARY, api_key="another"))
    assert "demo-key" not in str(caught.value)


def test_hidden_users_are_listed_too() -> None:
    household = Household(users=[user("u1", "ann"), user("u2", "bob", is_hidden=True)])
    with emby_client(household) as client:
        rows = list(emby.iter_users(client, 500, Silent()))
    assert [(row["user_id"], row["user_name"]) for row in rows] == [("u1", "ann"), ("u2", "bob")]


def events_of(answer: Any, days: int = 60) -> list[dict[str, Any]]:
    with emby_client(answer) as client:
        return list(emby.iter_watch_events(client, TODAY - timedelta(days=days), TODAY, Silent()))


def test_an_event_is_kept_as_received() -> None:
    household = Household(plays=[play("2025-08-20 04:17:06", "u1", "528946", 1563, item_type="Episode")])
    rows = events_of(household)
    assert rows[0] == {
        "user_id": "u1",
        "item_id": "528946",
        "played_at_local": "2025-08-20 04:17:06",
        "item_name": "Item 528946",
        "item_type": "Episode",
        "duration_seconds": "1563",
        "user_name": "unknown",
        "remote_address": "192.168.1.2",
    }


def test_windows_cover_every_second_of_every_day() -> None:
    days = [TODAY - timedelta(days=number) for number in range(1, 60)]
    plays = [play(f"{day} 00:00:00", "u1", "1", 5) for day in days]
    # In the last second of a day the plugin's window has ended already.
    plays += [play(f"{day} 23:59:59.7500000", "u1", "1", 5) for day in days]
    seen = {row["played_at_local"] for row in events_of(Household(plays=plays))}
    assert seen == {f"{day} {time}" for day in days for time in ("00:00:00", "23:59:59")}


def test_busy_windows_shrink_and_idle_ones_grow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(emby, "ROWS_WANTED_PER_ANSWER", 8)
    busy = [play(f"2025-08-{day:02} {hour:02}:00:00", "u1", "1", 5) for day in range(1, 32) for hour in range(24)]
    answer = Script(Emby(Household(plays=busy)))
    events_of(answer, days=200)
    windows = [int(request.query["days"]) for request in answer.requests]
    assert min(windows) == 1
    assert max(windows) == emby.LONGEST_WINDOW_DAYS


@pytest.mark.parametrize(
    ("event", "played_at_local", "duration"),
    [
        ({"date": "2025-08-20", "time": "04:17:06.1234567", "duration": 12}, "2025-08-20 04:17:06", "12"),
        ({"date": "2025-08-20", "duration": "abc"}, "2025-08-20", "abc"),
        ({"time": "04:17:06", "duration": None}, "04:17:06", None),
        ({"date": None, "time": None, "duration": -2147483648}, "", "-2147483648"),
        ({"date": 5, "duration": 1.5}, "5", "1.5"),
    ],
)
def test_an_event_with_holes_lands_all_the_same(event: dict[str, Any], played_at_local: str, duration: str) -> None:
    rows = events_of(Script(Emby(LIBRARY), json_response([event])))
    assert rows[0]["played_at_local"] == played_at_local
    assert rows[0]["duration_seconds"] == duration
    assert rows[0]["user_id"] == ""


def test_an_event_that_is_none_is_left_out_with_a_reason() -> None:
    watcher = Silent()
    with emby_client(Script(Emby(LIBRARY), json_response(["x"]))) as client:
        assert list(emby.iter_watch_events(client, TODAY - timedelta(days=1), TODAY, watcher)) == []
    assert watcher.rejections == ['an event is "x", and no object']


def test_a_history_that_is_no_list_is_told() -> None:
    with pytest.raises(ApiError, match="a list was expected, and null came"):
        events_of(Script(Emby(LIBRARY), json_response(None)))


def test_a_server_without_the_plugin_is_told_so() -> None:
    def without_plugin(request: Request) -> Response:
        del request
        return Response(404, b"Unable to find the requested resource", "text/plain")

    with pytest.raises(PluginMissingError, match="no Playback Reporting plugin"):
        events_of(without_plugin)


def test_a_404_elsewhere_is_a_wrong_address() -> None:
    with pytest.raises(ApiError, match="EMBY_BASE_URL leads to no Emby server"):
        items_of(Script(Emby(LIBRARY), Response(404, b"", "text/plain")))
