"""A later run reads what can have changed, and ends where a full one would."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from click.testing import Result

from extract import playback
from extract.demo.household import Household
from extract.demo.servers import API_KEY, Answer, Emby, Request, Response, serve
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


def test_a_second_run_reads_the_events_of_two_days_before_the_newest(run: Run, query: Query) -> None:
    run(HOUSEHOLD)
    for source in ("query", "playlist"):
        run(HOUSEHOLD, "events", "--history-source", source)
    read = query("select rows_read from raw_extract_runs where step = 'events' order by rowid")
    assert read[0] == (5,)
    assert read[1] == (2,)
    assert 2 <= read[2][0] <= 4, "windows overlap"


def test_a_running_event_grows(run: Run, query: Query) -> None:
    run(HOUSEHOLD)
    *older, newest = HOUSEHOLD.plays
    run(replace(HOUSEHOLD, plays=[*older, replace(newest, play_seconds=1205)]))
    assert query("select duration_seconds from raw_emby_watch_events order by played_at_local desc limit 1") == [
        ("1200",)
    ]
    assert query("select rows_inserted, rows_updated from raw_extract_runs where step = 'events' order by rowid") == [
        (5, 0),
        (0, 1),
    ]


def test_what_the_plugin_forgot_stays_even_in_a_full_refresh(run: Run, query: Query) -> None:
    run(HOUSEHOLD)
    run(replace(HOUSEHOLD, plays=HOUSEHOLD.plays[3:]), "--full-refresh")
    assert query("select count(*) from raw_emby_watch_events") == [(5,)]
    assert query("select rows_read from raw_extract_runs where step = 'events' order by rowid") == [(5,), (2,)]


def test_a_full_refresh_reads_everything_again(run: Run, query: Query) -> None:
    run(HOUSEHOLD)
    late = replace(HOUSEHOLD, plays=[*HOUSEHOLD.plays, play(days_ago(70), "u1", "2", 60)])
    run(late)
    assert query("select count(*) from raw_emby_watch_events") == [(5,)]
    run(late, "--full-refresh")
    assert query("select count(*) from raw_emby_watch_events") == [(6,)]
    assert query("select rows_read from raw_extract_runs where step = 'items' order by rowid") == [(9,), (0,), (9,)]


def test_an_event_of_the_future_does_not_hide_those_of_today(run: Run, query: Query) -> None:
    run(replace(HOUSEHOLD, plays=[*HOUSEHOLD.plays, play("2099-01-01 00:00:00", "u1", "1", 5)]))
    run(replace(HOUSEHOLD, plays=[*HOUSEHOLD.plays, play(days_ago(0.1), "u1", "2", 60)]))
    assert query("select count(*) from raw_emby_watch_events") == [(7,)]


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


def test_the_query_brings_what_the_playlist_does_not(run: Run, query: Query) -> None:
    run(HOUSEHOLD, "events")
    assert query(
        "select distinct duration_seconds, pause_seconds, client_name, device_name, playback_method "
        "from raw_emby_watch_events"
    ) == [("600", "5", "Emby Web", "Firefox", "DirectPlay")]


@pytest.mark.parametrize("sources", [("query", "playlist"), ("playlist", "query")])
def test_a_history_may_be_loaded_by_one_door_and_continued_by_the_other(
    run: Run, query: Query, sources: tuple[str, str]
) -> None:
    for source in sources:
        run(HOUSEHOLD, "events", "--full-refresh", "--history-source", source)
    assert query("select count(*), count(pause_seconds), count(user_name) from raw_emby_watch_events") == [(5, 5, 5)]
    assert query("select rows_inserted from raw_extract_runs order by rowid") == [(5,), (0,)]


def refusing(response: Response) -> Answer:
    real = Emby(HOUSEHOLD)
    return lambda request: response if request.path.endswith("submit_custom_query") else real(request)


REFUSALS = [
    pytest.param(Response(404, b"", "text/plain"), id="no such route"),
    pytest.param(Response(403, b"", "text/plain"), id="forbidden"),
    pytest.param(Response(501, b"", "text/html"), id="not implemented"),
    pytest.param(Response(200, b"<html>", "text/html"), id="a page"),
    pytest.param(Response(200, b"null"), id="null"),
    pytest.param(
        Response(body=b'{"colums": [], "results": [], "message": "Error Running Query</br>no"}'), id="an error"
    ),
]


@pytest.mark.parametrize("refusal", REFUSALS)
def test_where_queries_are_refused_the_playlist_is_read(run: Run, query: Query, refusal: Response) -> None:
    run(refusing(refusal), "events")
    assert query("select count(*) from raw_emby_watch_events") == [(5,)]


@pytest.mark.parametrize("refusal", REFUSALS)
def test_a_query_that_was_asked_for_and_refused_is_a_failure(run: Run, query: Query, refusal: Response) -> None:
    run(refusing(refusal), "events", "--history-source", "query", exit_code=1)
    assert query("select count(*) from raw_emby_watch_events") == [(0,)]


def test_pages_of_the_query_part_within_a_second(run: Run, query: Query, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(playback, "ROWS_WANTED_PER_ANSWER", 3)
    plays = [play(days_ago(5), "u1", str(item), 60) for item in range(10)]
    asked = run(replace(HOUSEHOLD, plays=plays), "events", "--history-source", "query").requests
    assert len(asked) == 1 + 4, "one for those without a date"
    assert query("select count(*) from raw_emby_watch_events") == [(10,)]


def test_a_page_that_is_refused_after_others_fails_the_step(
    run: Run, query: Query, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pages are asked for ahead, in another thread: what goes wrong there is told all the same."""
    monkeypatch.setattr(playback, "ROWS_WANTED_PER_ANSWER", 3)
    real = Emby(replace(HOUSEHOLD, plays=[play(days_ago(5), "u1", str(item), 60) for item in range(10)]))
    refusing_the_third = Script(real, real, real, Response(400))
    run(refusing_the_third, "events", "--history-source", "query", exit_code=1)
    assert query("select count(*) from raw_emby_watch_events") == [(0,)]
    assert query("select status from raw_extract_runs") == [("failed",)]


@pytest.mark.parametrize("played_at", ["", "garbage", "it's"])
def test_an_event_with_an_odd_date_lands_raw(run: Run, query: Query, played_at: str) -> None:
    odd: dict[str, Any] = {"played_at": played_at}
    run(replace(HOUSEHOLD, plays=[replace(HOUSEHOLD.plays[0], **odd), *HOUSEHOLD.plays]), "events")
    assert (played_at,) in query("select played_at_local from raw_emby_watch_events")
    run(HOUSEHOLD, "events")
    assert query("select count(*) from raw_emby_watch_events") == [(6,)]
