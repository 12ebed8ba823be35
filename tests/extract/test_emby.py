import json
from typing import Any

import pytest

from extract.demo.household import Household
from extract.demo.loopback import Response
from extract.demo.servers import Emby
from extract.errors import ApiError
from extract.progress import Silent
from extract.sources import emby_library
from tests.servers import Script, emby_client, json_response, movie, user

LIBRARY = Household(items=[movie(str(number)) for number in range(1, 8)], users=[user("u1", "ann")])


def items_of(answer: Any, page_size: int = 3) -> list[str]:
    with emby_client(answer) as client:
        return [row["item_id"] for row in emby_library.iter_items(client, page_size, Silent())]


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
    with pytest.raises(ApiError, match="answers its first page again"):
        items_of(answer)
    assert len(answer.requests) == 2


def test_an_item_keeps_every_field() -> None:
    item = movie("1", "Häxan", Genres=["Horror"], Surprise={"deep": [1, None]})
    with emby_client(Script(Emby(LIBRARY), json_response({"Items": [item]}), page())) as client:
        (row,) = emby_library.iter_items(client, 500, Silent())
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
    progress = Silent()
    items = [{"Name": "nameless"}, "bare", movie("1"), {"Id": None}, {"Id": ["x"]}]
    with emby_client(Script(Emby(LIBRARY), json_response({"Items": items}), page())) as client:
        assert [row["item_id"] for row in emby_library.iter_items(client, 500, progress)] == ["1"]
    assert len(progress.rejections) == 4
    assert "nameless" in progress.rejections[0]


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
        rows = list(emby_library.iter_users(client, 500, Silent()))
    assert [(row["user_id"], row["user_name"]) for row in rows] == [("u1", "ann"), ("u2", "bob")]


def test_a_404_elsewhere_is_a_wrong_address() -> None:
    with pytest.raises(ApiError, match="EMBY_BASE_URL leads to no Emby server"):
        items_of(Script(Emby(LIBRARY), Response(404, b"", "text/plain")))


def test_an_id_that_is_a_number_is_that_number() -> None:
    assert items_of(Script(Emby(LIBRARY), json_response({"Items": [{"Id": 7, "Type": "Movie"}]}), page())) == ["7"]


def test_half_a_surrogate_pair_is_replaced() -> None:
    body = b'{"Items": [{"Id": "1", "Name": "a\\ud800b", "Type": "Movie"}]}'
    with emby_client(Script(Emby(LIBRARY), Response(body=body), page())) as client:
        (row,) = emby_library.iter_items(client, 500, Silent())
    assert json.loads(row["payload"])["Name"] == "a?b"
