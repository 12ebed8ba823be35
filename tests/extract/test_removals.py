"""Nothing is marked removed by accident."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from click.testing import Result

from extract.demo.household import Household
from extract.demo.loopback import Answer, Request, Response, serve
from extract.demo.servers import API_KEY, Emby
from extract.progress import Silent
from extract.sources import emby_library
from tests.environment import Rows
from tests.servers import emby_client, json_response, movie, play, user

Extract = Callable[..., Result]
Query = Callable[[str], Rows]

ITEMS = [movie(str(number)) for number in range(100, 130)]
HOUSEHOLD = Household(items=ITEMS, users=[user("u1", "ann")], plays=[play("2025-08-20 20:00:00", "u1", "100", 60)])


@pytest.fixture
def run(extract: Extract) -> Callable[..., Result]:
    def run_against(answer: Answer | Household, *arguments: str) -> Result:
        with serve(Emby(answer) if isinstance(answer, Household) else answer) as url:
            return extract(*arguments, EMBY_BASE_URL=url, EMBY_API_KEY=API_KEY)

    return run_against


Run = Callable[..., Result]


def present(query: Query) -> int:
    ((count,),) = query("select count(*) from raw_emby_items where removed_at is null")
    return int(count)


def hiding(*hidden: str, household: Household = HOUSEHOLD) -> Answer:
    """Return a server whose listings lack some items that it has, by id."""
    whole = Emby(household)
    listed = Emby(replace(household, items=[item for item in household.items if item["Id"] not in hidden]))
    return lambda request: whole(request) if "Ids" in request.query else listed(request)


@pytest.mark.parametrize("mode", [(), ("--full-refresh",)])
def test_an_item_that_answers_by_id_stays(run: Run, query: Query, mode: tuple[str, ...]) -> None:
    run(HOUSEHOLD)
    result = run(hiding("100", "101"), *mode)
    assert result.exit_code == 0, result.output
    assert present(query) == 30


def test_an_item_that_the_first_listing_missed_comes_with_the_next(run: Run, query: Query) -> None:
    run(hiding("100"))
    assert present(query) == 29
    run(HOUSEHOLD)
    assert present(query) == 30


@pytest.mark.parametrize("mode", [(), ("--full-refresh",)])
@pytest.mark.parametrize(("gone", "exit_code", "left"), [(10, 0, 20), (11, 1, 30)])
def test_more_than_a_third_is_not_believed(
    run: Run, query: Query, gone: int, exit_code: int, left: int, mode: tuple[str, ...]
) -> None:
    run(HOUSEHOLD)
    result = run(replace(HOUSEHOLD, items=[*ITEMS[gone:], movie("99", "New")]), *mode)
    assert result.exit_code == exit_code
    assert present(query) == left + 1, "what is new is loaded all the same"
    assert query("select status from raw_extract_runs where step = 'events' order by rowid desc limit 1") == [("ok",)]
    if exit_code:
        assert "no longer has 11 of 30 items" in result.stderr
        assert "--max-removals" in result.stderr


@pytest.mark.parametrize(
    ("limit", "exit_code"), [("11", 0), ("10", 1), ("0.37", 0), ("0.36", 1), ("37%", 0), ("36%", 1), ("0", 1)]
)
def test_the_limit_is_a_share_or_a_number(run: Run, limit: str, exit_code: int) -> None:
    run(HOUSEHOLD)
    assert run(replace(HOUSEHOLD, items=ITEMS[11:]), "--max-removals", limit).exit_code == exit_code


@pytest.mark.parametrize("limit", ["-1", "150%", "1.5", "many"])
def test_a_limit_that_is_none_is_wrong_usage(run: Run, limit: str) -> None:
    assert run(HOUSEHOLD, "--max-removals", limit).exit_code == 2


@pytest.mark.parametrize("mode", [(), ("--full-refresh",)])
def test_an_empty_listing_removes_nothing(run: Run, query: Query, mode: tuple[str, ...]) -> None:
    run(HOUSEHOLD)
    result = run(replace(HOUSEHOLD, items=[]), *mode, "--max-removals", "100%")
    assert result.exit_code == 1
    assert "the listing is empty" in result.stderr
    assert present(query) == 30


def test_an_id_that_the_server_cannot_read_does_not_keep_itself_or_others(run: Run, query: Query) -> None:
    """Ids of another server, from before a move: the filter is dropped, and the whole library comes back."""
    guid = movie("100") | {"Id": "0f" * 16}
    run(replace(HOUSEHOLD, items=[*ITEMS, guid]))
    result = run(hiding("100"))
    assert result.exit_code == 0, result.output
    assert query("select item_id from raw_emby_items where removed_at is not null") == [("0f" * 16,)]


def test_ids_are_asked_for_in_requests_of_a_bounded_length() -> None:
    longest: list[int] = []

    def measured(request: Request) -> Response:
        longest.append(len(request.query.get("Ids", "")))
        return json_response({"Items": [], "TotalRecordCount": 0})

    with emby_client(measured) as client:
        assert list(emby_library.iter_items_by_id(client, [f"{number:032x}" for number in range(500)])) == []
    assert len(longest) == 10
    assert max(longest) < 2000


@contextmanager
def shrinking(items: list[dict[str, object]], removed: list[str], after: int) -> Iterator[Answer]:
    """Yield a server that loses items after so many requests for its listing."""
    before, later = (
        Emby(Household(items=items)),
        Emby(Household(items=[item for item in items if item["Id"] not in removed])),
    )
    asked = 0

    def answer(request: Request) -> Response:
        nonlocal asked
        asked += 1
        return before(request) if asked <= after else later(request)

    yield answer


@pytest.mark.parametrize("removed", [1, 5, 25, 60])
@pytest.mark.parametrize("after", [1, 2, 3])
def test_a_listing_that_shrinks_while_it_is_read_misses_nothing_that_is_left(removed: int, after: int) -> None:
    items = [movie(str(number)) for number in range(1000, 1200)]
    gone = [item["Id"] for item in items[:removed]]
    with shrinking(items, gone, after) as answer, emby_client(answer) as client:
        rows = [row["item_id"] for row in emby_library.iter_items(client, 50, Silent())]
    assert len(rows) == len(set(rows))
    assert {item["Id"] for item in items} - set(gone) <= set(rows)


@pytest.mark.parametrize("added", [1, 30, 70])
def test_a_listing_that_grows_while_it_is_read_brings_every_item_once(added: int) -> None:
    items = [movie(str(number)) for number in range(1000, 1200)]
    early = [movie(str(number), DateCreated="2020-01-01T00:00:00.0000000Z") for number in range(1, added + 1)]
    before, later = Emby(Household(items=items)), Emby(Household(items=[*early, *items]))
    asked = 0

    def growing(request: Request) -> Response:
        nonlocal asked
        asked += 1
        return before(request) if asked <= 2 else later(request)

    with emby_client(growing) as client:
        rows = [row["item_id"] for row in emby_library.iter_items(client, 50, Silent())]
    assert len(rows) == len(set(rows))
    assert {item["Id"] for item in items} <= set(rows)
