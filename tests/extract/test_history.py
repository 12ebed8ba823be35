"""Whatever the plugin still has is in the archive after one ordinary run, and the marts say what the server says."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from extract.demo.household import Household, Play
from extract.demo.loopback import Answer, Request, Response, serve
from extract.demo.servers import API_KEY, Emby
from extract.sources import playback_query
from tests.environment import Rows
from tests.servers import Script, json_response, movie, play, user

Extract = Callable[..., Result]
Query = Callable[[str], Rows]
EventsIn = Callable[..., Rows]

NOW = datetime.now(UTC)
CLOCK = {"EMBY_SERVER_CLOCK": "UTC", "REPORT_TIMEZONE": "UTC"}


def ago(days: float) -> str:
    return (NOW - timedelta(days=days)).strftime("%Y-%m-%d %H:%M:%S")


def household(*plays: Play) -> Household:
    return Household(items=[movie("1")], users=[user("u1", "ann")], plays=list(plays), zone=UTC)


PLAYS = [play(ago(days), "u1", "1", 600, pause=5) for days in (100, 50, 10, 1, 0.5)]
QUERY_ON = "/user_usage_stats/submit_custom_query"


class Plugin:
    """A plugin whose rows a test changes between the runs of the extractor."""

    def __init__(self, extract: Extract, database: Path, query: Query, events_in: EventsIn) -> None:
        self.asked: list[Request] = []
        self.output = ""
        self._extract, self._database, self._query, self._events_in = extract, database, query, events_in

    def run_before(self, days: float, answer: Answer | Household, *arguments: str) -> "Plugin":
        """Run as this machine would have so many days ago, or, negative, will."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("extract.run.runner._now", lambda: ago(days))
            return self.run(answer, *arguments)

    def run(self, answer: Answer | Household, *arguments: str, exit_code: int = 0) -> "Plugin":
        """Run the step `events` against it, and the clock so that the models know the zone."""
        script = Script(Emby(answer) if isinstance(answer, Household) else answer)
        with serve(script) as url:
            settings = {"EMBY_BASE_URL": url, "EMBY_API_KEY": API_KEY, **CLOCK}
            assert self._extract("clock", **settings).exit_code == 0
            script.requests.clear()
            result = self._extract("events", *arguments, **settings)
        assert result.exit_code == exit_code, result.output
        assert "Traceback" not in result.output
        self.asked, self.output = script.requests, result.output
        return self

    def queries(self) -> list[str]:
        return [request.body.decode() for request in self.asked if request.path == QUERY_ON]

    def events(self, columns: str = "started_at, watched_seconds, paused_seconds") -> Rows:
        return self._events_in(self._database, columns)

    def statuses(self) -> Rows:
        columns = "status, reason, count(*)"
        return self._events_in(self._database, columns, mart="watch_event_observations group by 1, 2", order="1, 2")

    def last_run(self, columns: str) -> Any:
        (row,) = self._query(f"select {columns} from raw_extract_runs order by rowid desc limit 1")
        return row


@pytest.fixture
def plugin(extract: Extract, database: Path, query: Query, events_in: EventsIn) -> Plugin:
    return Plugin(extract, database, query, events_in)


def as_events(*plays: Play) -> Rows:
    return sorted(
        (p.played_at[:19], p.play_seconds - (p.pause_seconds or 0), p.pause_seconds)
        for p in plays
        if p.play_seconds >= 0
    )


def test_what_a_shorter_first_run_left_is_read_by_the_next(plugin: Plugin) -> None:
    plugin.run(household(*PLAYS), "--days", "7", "--history-source", "playlist")
    assert len(plugin.events()) == 2
    plugin.run(household(*PLAYS), "--history-source", "playlist")
    assert len(plugin.events()) == 5


def test_days_limit_the_playlist_alone(plugin: Plugin) -> None:
    plugin.run(household(*PLAYS), "--days", "7")
    assert plugin.events() == as_events(*PLAYS)


@pytest.mark.parametrize("source", ["query", "playlist"])
def test_an_outage_of_weeks_leaves_no_gap(plugin: Plugin, source: str) -> None:
    plugin.run_before(49, household(*PLAYS[:2]), "--history-source", source)
    plugin.run(household(*PLAYS), "--history-source", source)
    assert len(plugin.events()) == 5


@pytest.mark.parametrize("source", ["query", "playlist"])
def test_ten_years_that_the_plugin_kept_are_read_at_once(plugin: Plugin, source: str) -> None:
    plays = [play(ago(days), "u1", "1", 60) for days in range(1, 3650, 37)]
    plugin.run(household(*plays), "--history-source", source, "--days", "3660")
    assert len(plugin.events()) == len(plays)


def line_of(played: Play) -> str:
    cells = (played.played_at, played.user_id, played.item_id, played.item_type, played.item_name)
    return "\t".join(map(str, (*cells, "DirectPlay", "Emby Web", "Firefox", played.play_seconds, played.pause_seconds)))


@pytest.mark.parametrize("when", ["before", "between"])
@pytest.mark.parametrize("source", ["query", "playlist"])
def test_an_imported_backup_hides_nothing(
    plugin: Plugin, extract: Extract, tmp_path: Path, when: str, source: str
) -> None:
    (tmp_path / "backup.tsv").write_text(line_of(PLAYS[-1]) + "\n", encoding="utf-8")
    if when == "between":
        plugin.run_before(99, household(PLAYS[0]), "--history-source", source)
    assert extract("import-backup", "backup.tsv", **CLOCK).exit_code == 0
    plugin.run(household(*PLAYS), "--history-source", source)
    assert len(plugin.events()) == 5


def test_a_pause_that_grows_while_the_seconds_stand_still_is_seen(plugin: Plugin) -> None:
    *older, newest = PLAYS
    plugin.run(household(*PLAYS))
    grown = replace(newest, play_seconds=600 + 900, pause_seconds=900)
    plugin.run(household(*older, grown))
    assert plugin.events() == as_events(*older, grown)
    assert ("superseded", "shorter_pause", 1) in plugin.statuses()


def test_a_day_without_pauses_is_held_without_a_sum_and_read_once(plugin: Plugin, query: Query) -> None:
    old = play(ago(9), "u1", "1", 60, pause_seconds=None)
    plugin.run(household(old))
    assert query("select typeof(play_seconds), pause_seconds from raw_emby_watch_days") == [("integer", None)]
    plugin.run(household(old))
    assert plugin.last_run("rows_read") == (0,)


def test_an_event_that_runs_for_days_grows_to_its_end(plugin: Plugin) -> None:
    began = play(ago(9), "u1", "1", 60)
    for seconds, pause in ((60, 0), (600, 86_400), (700, 400_000), (3600, 700_000)):
        plugin.run(household(replace(began, play_seconds=seconds + pause, pause_seconds=pause)))
    assert plugin.events() == [(began.played_at[:19], 3600, 700_000)]
    assert plugin.statuses() == [("superseded", "shorter", 3), ("used", "longest_observation", 1)]


def test_a_row_of_an_old_date_that_was_added_late_is_read(plugin: Plugin) -> None:
    plugin.run(household(*PLAYS))
    late = play(ago(70), "u1", "1", 77)
    plugin.run(household(*PLAYS, late))
    assert plugin.events() == as_events(*PLAYS, late)
    assert plugin.last_run("rows_read, rows_inserted") == (1, 1)


def test_a_future_dated_event_is_overtaken(plugin: Plugin) -> None:
    future = play("2099-01-01 00:00:00", "u1", "1", 5)
    plugin.run(household(*PLAYS[:-1], future))
    plugin.run(household(*PLAYS[:-1], future, PLAYS[-1]))
    assert plugin.events() == as_events(*PLAYS)
    assert ("rejected", "future_time", 1) in plugin.statuses()


@pytest.mark.parametrize("kept", [5, 2, 0])
def test_rowids_that_begin_anew_double_and_miss_nothing(plugin: Plugin, kept: int) -> None:
    plugin.run(household(*PLAYS))
    new = play(ago(0.1), "u1", "1", 33)
    # A restored plugin: new rows first, under the rowids of old ones.
    plugin.run(household(new, *PLAYS[5 - kept :]))
    assert plugin.events() == as_events(*PLAYS, new)


def test_rows_that_were_replaced_by_as_many_and_as_long_ones_are_read(plugin: Plugin) -> None:
    plugin.run(household(*PLAYS))
    plugin.run(household(*PLAYS, replace(PLAYS[0], user_id="u2")))
    plugin.run(household(*PLAYS[1:], replace(PLAYS[0], user_id="u3"), replace(PLAYS[0], user_id="u4")))
    assert {user_id for (user_id,) in plugin.events("user_id")} == {"u1", "u2", "u3", "u4"}


@pytest.mark.parametrize(
    "odd", ["2025-13-45 99:99:99", "9999-99-99 00:00:00", "0000-00-00 00:00:00", "", "it's", "zzzz"]
)
def test_an_impossible_date_as_the_newest_event_is_rejected_and_the_next_run_reads_on(plugin: Plugin, odd: str) -> None:
    impossible = replace(PLAYS[0], played_at=odd)
    plugin.run(household(*PLAYS[:-1], impossible))
    plugin.run(household(*PLAYS, impossible))
    assert plugin.events() == as_events(*PLAYS)
    assert ("rejected", "malformed_time", 1) in plugin.statuses()
    assert len(plugin.run(household(*PLAYS, impossible)).asked) == 1


def test_what_the_plugin_forgot_stays_even_in_a_full_refresh(plugin: Plugin) -> None:
    plugin.run(household(*PLAYS))
    plugin.run(household(*PLAYS[3:]), "--full-refresh")
    assert plugin.events() == as_events(*PLAYS)
    assert plugin.last_run("rows_read, rows_inserted") == (2, 0)


def test_an_unchanged_server_is_asked_once(plugin: Plugin) -> None:
    plays = [play(ago(number / 20), "u1", str(number % 50), 60) for number in range(3000)]
    plugin.run(household(*plays))
    plugin.run(household(*plays))
    assert len(plugin.asked) == 1
    assert plugin.last_run("rows_read, request_count") == (0, 1)


def test_a_night_asks_for_its_own_day_alone(plugin: Plugin) -> None:
    plugin.run(household(*PLAYS))
    plugin.run(household(*PLAYS, play(ago(0.01), "u1", "1", 60)))
    assert len(plugin.asked) == 2
    assert plugin.last_run("rows_inserted") == (1,)
    assert plugin.last_run("rows_read")[0] <= 2


def test_pages_follow_rowids_and_ask_for_no_other_order(plugin: Plugin, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(playback_query, "ROWS_WANTED_PER_ANSWER", 3)
    plays = [play(ago(5), "u1", str(item), 60) for item in range(10)]
    plugin.run(household(*plays))
    held, *pages = plugin.queries()
    assert "group by" in held
    assert len(pages) == 4
    assert all("order by rowid" in page and "order by DateCreated" not in page for page in pages)
    assert len(plugin.events()) == 10


def test_days_between_unchanged_ones_are_read_alone(plugin: Plugin) -> None:
    plays = [play(ago(days), "u1", "1", 60) for days in range(1, 40)]
    plugin.run(household(*plays))
    changed = [replace(p, play_seconds=70) if number in {3, 4, 20} else p for number, p in enumerate(plays)]
    plugin.run(household(*changed))
    assert plugin.last_run("rows_read, rows_inserted") == (3, 3)
    assert plugin.events() == as_events(*changed)


def test_rows_that_move_while_they_are_read_are_read_again_by_the_next_run(
    plugin: Plugin, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(playback_query, "ROWS_WANTED_PER_ANSWER", 3)
    plays = [play(ago(5), "u1", str(item), 60) for item in range(10)]
    whole, compacted = Emby(household(*plays)), Emby(household(*plays[2:]))
    # After the second page the table is compacted: what was row 7 is row 5.
    moving = Script(compacted, whole, whole, whole)
    plugin.run(moving)
    assert len(plugin.events()) == 8
    assert "the next run reads them again" in plugin.last_run("note")[0]
    plugin.run(household(*plays))
    assert len(plugin.events()) == 10


@pytest.mark.parametrize("failures", [Response(500), Response(429), Response(body=b'{"results": [')])
def test_a_query_that_fails_for_ever_gives_way_to_the_playlist(plugin: Plugin, failures: Response) -> None:
    real = Emby(household(*PLAYS))
    plugin.run(lambda request: failures if request.path == QUERY_ON else real(request))
    assert len(plugin.events()) == 5
    (note,) = plugin.last_run("note")
    assert note.startswith("by playlist, because the query failed: Emby: POST")
    assert "by playlist, because the query failed" in plugin.output


def test_what_came_before_a_failure_is_kept_and_counts_as_unread(
    plugin: Plugin, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(playback_query, "ROWS_WANTED_PER_ANSWER", 3)
    plays = [play(ago(5), "u1", str(item), 60) for item in range(10)]
    real = Emby(household(*plays))
    plugin.run(Script(real, *[real] * 4, Response(400)), "--history-source", "query", exit_code=1)
    assert plugin.last_run("status, rows_read, rows_inserted") == ("failed", 6, 6)
    plugin.run(household(*plays), "--history-source", "query")
    assert len(plugin.events()) == 10


def capped(home: Household) -> Answer:
    """Return a server whose plugin gives no more than four rows an answer."""
    real = Emby(home)

    def answer(request: Request) -> Response:
        response = real(request)
        if request.path != QUERY_ON:
            return response
        whole = json.loads(response.body)
        return json_response(whole | {"results": whole["results"][:4]})

    return answer


def test_a_plugin_that_answers_with_fewer_rows_than_it_was_asked_for_is_read_whole(plugin: Plugin) -> None:
    """A short page is not the last one: the plugin, or something on the way, may have a limit of its own."""
    plays = [play(f"{ago(5)[:10]} 10:00:{second:02}", "u1", "1", 60) for second in range(9)]
    plugin.run(capped(household(*plays)))
    assert len(plugin.events()) == 9


def test_a_plugin_that_leaves_out_days_is_read_by_its_playlist(plugin: Plugin) -> None:
    plays = [play(ago(days), "u1", "1", 60) for days in range(1, 10)]
    plugin.run(capped(household(*plays)))
    assert len(plugin.events()) == 9
    assert "the plugin has 9 rows, and the days that came have 4" in plugin.last_run("note")[0]


def test_a_plugin_that_answers_the_same_page_again_and_again_is_left_for_the_playlist(
    plugin: Plugin, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(playback_query, "ROWS_WANTED_PER_ANSWER", 3)
    real = Emby(household(*(play(ago(5), "u1", str(item), 60) for item in range(10))))
    pages: list[Response] = []

    def stuck(request: Request) -> Response:
        if b"order by rowid" not in request.body:
            return real(request)
        pages.append(real(request))
        return pages[0]

    plugin.run(stuck)
    assert len(pages) <= 3
    assert len(plugin.events()) == 10
    assert "rows after rowid" in plugin.last_run("note")[0]


def test_a_plugin_that_never_ends_is_stopped(plugin: Plugin, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(playback_query, "ROWS_WANTED_PER_ANSWER", 3)
    real = Emby(household(*PLAYS))
    rowid = 0

    def endless(request: Request) -> Response:
        nonlocal rowid
        if b"order by rowid" not in request.body:
            response = real(request)
            if b"max(rowid)" not in request.body:
                return response
            answer = json.loads(response.body)
            return json_response(answer | {"results": [[*day[:5], str(10**9), day[6]] for day in answer["results"]]})
        rowid += 3
        rows = [[str(rowid + n), ago(1), "u1", str(rowid + n), *[""] * 5, "60", "0", "", ""] for n in range(3)]
        return json_response({"colums": [], "results": rows, "message": ""})

    plugin.run(endless)
    assert "more came than that" in plugin.last_run("note")[0]


@pytest.mark.parametrize(
    "held",
    [
        [["2025-01-01", "1", "60", "0", "1", "1"]],
        [["2025-01-01", "many", "60", "0", "1", "1", "1"]],
        [["' or 1=1 --", "1", "60", "0", "1", "1", "1"]],
        [[["2025-01-01"], "1", "60", "0", "1", "1"]],
        ["2025-01-01"],
        {"a": 1},
    ],
    ids=["five cells", "a word", "SQL", "a list", "a text", "an object"],
)
def test_an_aggregate_of_another_shape_gives_way_to_the_playlist(plugin: Plugin, held: Any) -> None:
    real = Emby(household(*PLAYS))
    odd = json_response({"colums": [], "results": held, "message": ""})
    plugin.run(lambda request: odd if request.path == QUERY_ON else real(request))
    assert len(plugin.events()) == 5


ODD_CELLS: dict[str, list[Any]] = {
    "numbers and null": [1, ago(1), "u1", 5, None, 7, None, None, None, 600, None, None, None],
    "lists and objects": ["1", ago(1), ["u1"], {"a": 1}, [], {}, [], {}, [], "60", [], {}, []],
    "30 digits": ["1", ago(1), "u1", "9" * 30, "Movie", "x", "", "", "", "9" * 30, "9" * 30, "", ""],
    "half a character": ["1", ago(1), "u\ud800", "\udfff", "Movie", "\ud800", "", "", "", "60", "0", "", ""],
    "NUL": ["1", f"{ago(1)}\0", "u\0", "1\0|", "Mo\0vie", "\0", "", "", "", "6\x000", "0\0", "", ""],
    "bars": ["1", ago(1), "u|1", "1|2", "Movie", "a|b", "", "", "", "60", "0", "", ""],
    "a row too short": ["1", ago(1), "u1"],
    "a time of another kind": ["1", 1735689600, "u1", "1", "Movie", "x", "", "", "", True, False, "", ""],
}


@pytest.mark.parametrize("cells", ODD_CELLS.values(), ids=ODD_CELLS)
def test_odd_cells_land_or_are_left_out_with_a_reason(plugin: Plugin, query: Query, cells: list[Any]) -> None:
    real = Emby(household(PLAYS[3]))

    def odd(request: Request) -> Response:
        is_page = b"order by rowid" in request.body
        return json_response({"colums": [], "results": [cells], "message": ""}) if is_page else real(request)

    plugin.run(odd)
    landed = query("select count(*) from raw_emby_watch_events")[0][0]
    assert landed + ("events: left out:" in plugin.output) == 1
    statuses = plugin.statuses()
    assert sum(count for *_, count in statuses) == landed


def test_ids_with_bars_share_no_key(plugin: Plugin) -> None:
    plays = [play(ago(1), user_id, item_id, 60) for user_id, item_id in (("a|b", "c"), ("a", "b|c"), ("a%7Cb", "c"))]
    plugin.run(household(*plays))
    for key in ("event_id", "session_id"):
        assert len({value for (value,) in plugin.events(key)}) == 3


@pytest.mark.parametrize("source", ["query", "playlist"])
def test_a_run_with_a_clock_a_year_ahead_hides_nothing_from_the_next(plugin: Plugin, source: str) -> None:
    plugin.run_before(-365, household(*PLAYS), "--history-source", source)
    *older, newest = PLAYS
    grown = replace(newest, play_seconds=1205)
    plugin.run(household(*older, grown), "--history-source", source)
    assert [row[:2] for row in plugin.events()] == [row[:2] for row in as_events(*older, grown)]


def test_the_playlist_is_read_again_until_a_day_is_three_days_over(plugin: Plugin) -> None:
    source = ("--history-source", "playlist")
    plugin.run(household(*PLAYS), *source, "--days", "60")
    plugin.run(household(*PLAYS), *source, "--days", "60")
    assert len(plugin.asked) <= 2
    (request, *_) = plugin.asked
    assert int(request.query["days"]) <= 6


def test_a_day_of_the_playlist_is_read_again_after_a_month_or_two(plugin: Plugin) -> None:
    """The plugin may have been empty, and its own backup put back since."""
    source = ("--history-source", "playlist")
    plugin.run_before(60, household(), *source)
    asked = len(plugin.asked)
    plugin.run_before(59, household(), *source)
    assert len(plugin.asked) < asked / 10
    plugin.run(household(*PLAYS), *source)
    assert len(plugin.events()) == 5
    # Not all of them in one night.
    plugin.run_before(-35, household(*PLAYS), *source)
    assert asked / 100 < len(plugin.asked) < asked / 2


def test_a_playlist_that_answers_something_else_than_was_asked_is_told(plugin: Plugin) -> None:
    real = Emby(household(*PLAYS))

    def cached(request: Request) -> Response:
        return real(replace(request, query={**request.query, "days": "200"}))

    plugin.run(cached, "--history-source", "playlist", exit_code=1)
    assert "Does a cache or a proxy" in plugin.output
    plugin.run(real, "--history-source", "playlist")
    assert len(plugin.events()) == 5


@pytest.mark.parametrize("sources", [("query", "playlist"), ("playlist", "query")])
def test_a_history_may_be_read_by_one_source_and_then_by_the_other(plugin: Plugin, sources: tuple[str, str]) -> None:
    for source in sources:
        plugin.run(household(*PLAYS), "--history-source", source)
    assert plugin.events() == as_events(*PLAYS)
    assert plugin.statuses() == [("superseded", "shorter_pause", 5), ("used", "longest_observation", 5)]


def test_an_observation_is_landed_as_received(plugin: Plugin, query: Query) -> None:
    plugin.run(household(replace(PLAYS[0], played_at="2025-01-02 03:04:05.1234567")))
    columns = "played_at_local, play_duration_seconds, pause_duration_seconds, client_name, user_name, load_id"
    assert query(f"select source, {columns} from raw_emby_watch_events") == [
        ("query", "2025-01-02 03:04:05.1234567", "605", "5", "Emby Web", None, 1)
    ]


def test_the_summary_explains_read_against_inserted(plugin: Plugin) -> None:
    plugin.run(household(*PLAYS))
    assert "5 rows read" in plugin.output
    plugin.run(household(*PLAYS), "--full-refresh")
    assert "0 new, 5 known already, by query" in plugin.output


def refusing(response: Response) -> Answer:
    real = Emby(household(*PLAYS))
    return lambda request: response if request.path == QUERY_ON else real(request)


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
def test_where_queries_are_refused_the_playlist_is_read(plugin: Plugin, refusal: Response) -> None:
    plugin.run(refusing(refusal))
    assert len(plugin.events()) == 5


@pytest.mark.parametrize("refusal", REFUSALS)
def test_a_query_that_was_asked_for_and_refused_is_a_failure(plugin: Plugin, refusal: Response) -> None:
    plugin.run(refusing(refusal), "--history-source", "query", exit_code=1)
    assert plugin.events() == []
