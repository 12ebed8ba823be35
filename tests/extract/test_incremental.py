"""A later run reads what can have changed of the library, and ends where a full one would."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from click.testing import Result

from extract.demo.household import Household
from extract.demo.loopback import Answer, Request, Response, serve
from extract.demo.servers import API_KEY, Emby
from tests.environment import Rows
from tests.servers import Script, movie, play, user

Extract = Callable[..., Result]
Query = Callable[[str], Rows]

NOW = datetime.now(UTC)


def days_ago(days: float) -> str:
    return (NOW - timedelta(days=days)).strftime("%Y-%m-%d %H:%M:%S")


def saved(days: float) -> str:
    return (NOW - timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%SZ")


USERS = [user("u1", "ann")]
HOUSEHOLD = Household(
    items=[movie(str(number)) for number in range(1, 10)],
    users=USERS,
    plays=[play(days_ago(days), "u1", "1", 600, pause=5) for days in (100, 50, 10, 1, 0.5)],
)


@pytest.fixture
def run(extract: Extract) -> Callable[..., Script]:
    """Run the extractor against a server; return what it was asked."""

    def run_against(answer: Answer | Household, *arguments: str, exit_code: int = 0) -> Script:
        script = Script(Emby(answer) if isinstance(answer, Household) else answer)
        with serve(script) as url:
            result = extract(*arguments, EMBY_BASE_URL=url, EMBY_API_KEY=API_KEY)
        assert result.exit_code == exit_code, result.output
        return script

    return run_against


Run = Callable[..., Script]


def test_a_changed_item_is_read_and_an_unchanged_one_is_not(run: Run, query: Query) -> None:
    run(HOUSEHOLD)
    changed = [movie("1", "Renamed"), movie("2", "Renamed too"), *HOUSEHOLD.items[2:]]
    run(replace(HOUSEHOLD, items=changed, saved_at={"1": saved(0)}))
    assert query("select json_extract(payload, '$.Name') from raw_emby_items where item_id < '3'") == [
        ("Renamed",),
        ("A film",),
    ]
    assert query("select rows_read, rows_updated from raw_extract_runs where step = 'items' order by rowid") == [
        (9, 0),
        (1, 1),
    ]


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Set this machine's clock, as the runner reads it."""
    return lambda time: monkeypatch.setattr("extract.run.runner._now", lambda: time)


def test_a_run_whose_clock_was_ahead_hides_no_change_of_the_library(
    run: Run, query: Query, at: Callable[[str], None]
) -> None:
    at("2026-01-04 00:00:00")
    run(HOUSEHOLD)
    # Within the month, of which the first run reads all.
    at("2026-01-25 00:00:00")
    run(HOUSEHOLD)
    at("2026-01-10 00:00:00")
    changed = [movie("1", "Renamed"), *HOUSEHOLD.items[1:]]
    run(replace(HOUSEHOLD, items=changed, saved_at={"1": "2026-01-09T00:00:00Z"}))
    name = "select json_extract(payload, '$.Name') from raw_emby_items where item_id = '1'"
    assert query(name) == [("Renamed",)]


def test_the_first_run_of_a_month_reads_the_whole_library(run: Run, query: Query, at: Callable[[str], None]) -> None:
    """A server that was restored has older items, which were saved before what is known of them."""
    for day, name in (("2025-12-30", "A"), ("2025-12-31", "B"), ("2026-01-01", "C"), ("2026-01-02", "D")):
        at(f"{day} 04:30:00")
        run(replace(HOUSEHOLD, items=[movie("1", name), *HOUSEHOLD.items[1:]]))
    assert query("select rows_read from raw_extract_runs where step = 'items' order by rowid") == [
        (9,),
        (0,),
        (9,),
        (0,),
    ]


def of_server(server_id: str, name: str, count: int) -> Household:
    items = [movie(str(number), f"{name} {number}", ServerId=server_id) for number in range(1, count + 1)]
    return replace(HOUSEHOLD, items=items, server_id=server_id)


def test_another_servers_library_replaces_nothing(run: Run, query: Query) -> None:
    """It numbers its items as the former one did, has saved none since, and events are loaded after the items."""
    run(replace(of_server("a", "Old", 9), plays=[]))
    run(of_server("b", "New", 7), exit_code=2)
    assert query("select count(*) from raw_emby_items where payload like '%Old%' and removed_at is null") == [(9,)]
    assert query("select count(*) from raw_emby_watch_events") == [(0,)]
    assert query("select status from raw_extract_runs where step = 'items' order by rowid") == [("ok",), ("failed",)]


def test_a_server_that_has_another_id_and_the_same_library_is_the_same(run: Run, query: Query) -> None:
    run(of_server("a", "Old", 9))
    run(of_server("b", "Old", 9))
    run(of_server("b", "Old", 9))
    assert query("select rows_read, rows_updated from raw_extract_runs where step = 'items' order by rowid") == [
        (9, 0),
        (9, 9),
        (0, 0),
    ]


def test_a_server_that_ignores_the_date_is_read_whole(run: Run, query: Query) -> None:
    run(HOUSEHOLD)
    real = Emby(replace(HOUSEHOLD, items=[movie("1", "Renamed"), *HOUSEHOLD.items[1:]]))

    def ignoring(request: Request) -> Response:
        return real(replace(request, query={k: v for k, v in request.query.items() if k != "MinDateLastSaved"}))

    run(ignoring)
    assert query("select rows_read, rows_updated from raw_extract_runs where step = 'items' order by rowid") == [
        (9, 0),
        (9, 1),
    ]


def test_an_item_that_is_new_or_back_is_read_whenever_it_was_saved(run: Run, query: Query) -> None:
    run(HOUSEHOLD)
    run(replace(HOUSEHOLD, items=HOUSEHOLD.items[1:]))
    assert query("select item_id from raw_emby_items where removed_at is not null") == [("1",)]
    run(replace(HOUSEHOLD, items=[*HOUSEHOLD.items, movie("10", "From an old disk")]))
    assert query("select count(*) from raw_emby_items where removed_at is null") == [(10,)]


def test_a_night_without_news_takes_a_few_requests(run: Run, query: Query) -> None:
    library = Household(items=[movie(str(number)) for number in range(1, 2001)], users=USERS, plays=HOUSEHOLD.plays)
    run(library, "--page-size", "100")
    asked = run(library, "--page-size", "100").requests
    assert len(asked) <= 10
    assert query("select sum(request_count) from raw_extract_runs group by run_id order by min(rowid)")[1] == (
        len(asked),
    )
