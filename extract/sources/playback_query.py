"""Observations of the Playback Reporting plugin by its custom query, and the time on its server's clock.

The query has more columns than the playlist, and can sum up what the plugin holds for each day.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import pairwise
from typing import Any

from extract.errors import ApiError, HistoryQueryRefusedError, UnreachableError
from extract.progress import Progress
from extract.sources.background import begin
from extract.sources.clock import TIME_FORMAT
from extract.sources.emby import expect
from extract.sources.http import Client
from extract.sources.json_answer import as_text, describe
from extract.sources.playback import DAY, DAY_SQL, ROWS_WANTED_PER_ANSWER, observation

Row = dict[str, Any]

QUERY_PATH = "/user_usage_stats/submit_custom_query"

# A duration of more than a century is no number of seconds, and a sum of such may overflow.
SUM_SQL = "sum(case when {column} between -4294967296 and 4294967296 then {column} end)"
HELD_QUERY = f"""
select {DAY_SQL} as played_on, count(*), {SUM_SQL.format(column="PlayDuration")},
    {SUM_SQL.format(column="PauseDuration")}, min(rowid), max(rowid), (select count(*) from PlaybackActivity)
from PlaybackActivity
group by played_on
order by played_on
"""
# By rowid, the only order that costs no scan and sort of the whole table.
PAGE_QUERY = """
select rowid, DateCreated, UserId, ItemId, ItemType, ItemName, PlaybackMethod, ClientName, DeviceName,
    PlayDuration, PauseDuration, RemoteAddress, TranscodeReasons
from PlaybackActivity
where rowid > {after} and rowid <= {last} and ({days})
order by rowid
limit {limit}
"""
PAGE_COLUMNS = 13
CLOCK_QUERY = "select datetime('now', 'localtime'), datetime('now')"


@dataclass(frozen=True)
class HeldDay:
    """What the plugin holds of a day of the server's clock. `played_on`: `YYYY-MM-DD`, empty for rows without a date.

    The sums are texts as the plugin's SQL printed them, in seconds. Its rows lie from `first_rowid` to `last_rowid`.
    """

    played_on: str
    row_count: int
    play_seconds: str | None
    pause_seconds: str | None
    first_rowid: int
    last_rowid: int

    def row(self, read_at: str) -> Row:
        """Return the row of `raw_emby_watch_days`. `read_at`: UTC."""
        return {"source": "query", **vars(self), "read_at": read_at}


def days_held(client: Client) -> list[HeldDay]:
    """Return what the plugin holds, by day, in order of the days. One request.

    Raises: HistoryQueryRefusedError if the plugin does not take queries; ApiError if it cannot be asked.
    Source: Playback Reporting, POST /user_usage_stats/submit_custom_query.
    """
    days, total = [], 0
    for result in _post_query(client, HELD_QUERY):
        try:
            played_on, row_count, play_seconds, pause_seconds, first_rowid, last_rowid, all_rows = result
            total = int(all_rows)
            day = HeldDay(
                str(played_on),
                int(row_count),
                # The plugin writes the sum of nothing, a null, as an empty text.
                as_text(play_seconds) or None,
                as_text(pause_seconds) or None,
                int(first_rowid),
                int(last_rowid),
            )
        except (TypeError, ValueError):
            day = None
        if day is None or (day.played_on and not DAY.fullmatch(day.played_on)):
            raise HistoryQueryRefusedError(
                f"Emby: POST {QUERY_PATH}: a day with its rows and sums was expected, and {describe(result)} came."
            )
        days.append(day)
    listed = sum(day.row_count for day in days)
    if listed != total:
        # Days are missing, and to ask for them again would be no better.
        raise HistoryQueryRefusedError(
            f"Emby: POST {QUERY_PATH}: the plugin has {total:,} rows, and the days that came have {listed:,}. "
            "Something limits its answers."
        )
    return days


def iter_query(client: Client, held: Sequence[HeldDay], wanted: set[str], progress: Progress) -> Iterator[Row]:
    """Yield every user's observations of the `wanted` days, page by page, in the order of the plugin's rowid.

    `held`: all days that the plugin has, as `days_held` returns them.

    Shape: the received columns of `raw_emby_watch_events`. Units: seconds and times as the server wrote them; what it
    leaves empty is an empty text.
    Raises: HistoryQueryRefusedError if the plugin does not take queries or does not answer what was asked; ApiError if
    it cannot be asked.
    Source: Playback Reporting, POST /user_usage_stats/submit_custom_query.
    """
    days = [day for day in held if day.played_on in wanted]
    if not days:
        return
    total, read = sum(day.row_count for day in days), 0
    first, last = min(day.first_rowid for day in days), max(day.last_rowid for day in days)
    for page in _iter_pages(client, _condition_for(held, wanted), first - 1, last):
        for _, *cells in page:
            if len(cells) == PAGE_COLUMNS - 1:
                yield observation("query", *_as_texts(cells))
            else:
                progress.reject(f"a row of {PAGE_COLUMNS} cells was expected, and {describe(cells)} came")
        read += len(page)
        if read > total + ROWS_WANTED_PER_ANSWER:
            raise HistoryQueryRefusedError(
                f"Emby: POST {QUERY_PATH}: the plugin said that it has {total:,} rows, and more came than that."
            )
        progress.advance(read, max(read, total), "events")


def server_clock(client: Client) -> tuple[datetime, datetime]:
    """Return what the server's clock shows, and what it takes for UTC: two times without a zone.

    Raises: HistoryQueryRefusedError if the plugin does not take queries; ApiError if it cannot be asked.
    Source: Playback Reporting, POST /user_usage_stats/submit_custom_query.
    """
    results = _post_query(client, CLOCK_QUERY)
    try:
        local, utc = (datetime.strptime(str(cell), TIME_FORMAT) for cell in results[0])  # noqa: DTZ007 - wall times
    except (IndexError, ValueError):
        raise HistoryQueryRefusedError(
            f"Emby: POST {QUERY_PATH}: two times were expected, and {describe(results)} came."
        ) from None
    return local, utc


def _condition_for(held: Sequence[HeldDay], wanted: set[str]) -> str:
    """Return the SQL that keeps the wanted days: a range for every run of them that nothing unwanted parts."""
    ranges: list[tuple[str, str]] = []
    is_open = False
    for day in held:
        if day.played_on in wanted:
            begins = ranges.pop()[0] if is_open else day.played_on
            ranges.append((begins, day.played_on))
        is_open = day.played_on in wanted
    return " or ".join(f"{DAY_SQL} between '{begins}' and '{ends}'" for begins, ends in ranges)


def _iter_pages(client: Client, days: str, after: int, last: int) -> Iterator[list[Any]]:
    """Yield the results of the query page by page, and let the server work on the next one meanwhile."""

    def ask(after: int) -> tuple[list[Any], int]:
        query = PAGE_QUERY.format(after=after, last=last, days=days, limit=ROWS_WANTED_PER_ANSWER)
        page = _post_query(client, query)
        try:
            rowids = [int(result[0]) for result in page]
        except (IndexError, TypeError, ValueError):
            raise HistoryQueryRefusedError(f"Emby: POST {QUERY_PATH}: a row came without its rowid.") from None
        if any(later <= earlier for earlier, later in pairwise([after, *rowids, last + 1])):
            raise HistoryQueryRefusedError(
                f"Emby: POST {QUERY_PATH}: rows after rowid {after} and up to {last} were asked for, and {rowids[0]} "
                f"to {rowids[-1]} came, which are others, or are out of order."
            )
        return page, rowids[-1] if rowids else after

    page, after = ask(after)
    # A short page is not the last one: the plugin, or something on the way, may have a limit of its own.
    while page and after < last:
        following = begin(partial(ask, after))
        yield page
        page, after = following.result()
    yield page


def _as_texts(cells: list[Any]) -> list[str | None]:
    """Return each cell as `as_text` does, quickly where they are all plain texts, as nearly always."""
    try:
        is_plain = "".join(cells).isascii()
    except TypeError:
        is_plain = False
    return cells if is_plain else list(map(as_text, cells))


def _post_query(client: Client, query: str) -> list[Any]:
    try:
        answer = client.post_json(QUERY_PATH, {"CustomQueryString": query, "ReplaceUserId": False})
        message = expect(dict, answer, QUERY_PATH).get("message")
        if not message:
            results = expect(list, answer.get("results"), f"{QUERY_PATH}, under results")
            return [expect(list, result, f"{QUERY_PATH}, a row of results") for result in results]
    except UnreachableError:
        raise
    except ApiError as error:
        # Whatever else stands in the way of a query, the playlist may be free of it.
        raise HistoryQueryRefusedError(str(error)) from None
    raise HistoryQueryRefusedError(f"Emby: POST {QUERY_PATH}: the plugin said: {describe(message)}")
