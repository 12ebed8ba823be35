"""Time zones as rows that SQL can join: the stretches of constant offset of each.

A database engine knows no time zones. Which stretch applies to a wall time is Python's rule for `fold=0`: the first of
two equal wall times, and, in the hour that does not exist, the offset from before the clock moved.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, tzinfo
from functools import cache

from extract.sources.clock import BEGINNING_OF_TIME, TIME_FORMAT, Era, find_zone

FIRST_INSTANT = datetime(1970, 1, 1, tzinfo=UTC)
LAST_INSTANT = datetime(2100, 1, 1, tzinfo=UTC)
# The last stretch of a zone reaches as far as a date can.
END_OF_TIME = "9999-12-31 23:59:59"


def iter_timezone_offsets(eras: list[Era], report_zone: str) -> Iterator[dict[str, str | int]]:
    """Yield the stretches of constant offset of every zone in use: the rows of `raw_timezone_offsets`.

    Units: offsets in seconds east of UTC; bounds `YYYY-MM-DD HH:MM:SS`, the lower one inside the stretch, the upper
    one outside. The stretches of a zone follow each other without a hole, in UTC and in wall time.
    Raises: SettingsError if the report zone does not exist.
    """
    zones = {era.zone: find_zone("EMBY_SERVER_CLOCK", era.zone) for era in eras}
    zones[report_zone] = find_zone("REPORT_TIMEZONE", report_zone)
    for name, zone in zones.items():
        begins = _changes(zone)
        offsets = [_offset_seconds(begin, zone) for begin in begins]
        utc_bounds = [BEGINNING_OF_TIME, *(_text(begin) for begin in begins[1:]), END_OF_TIME]
        local_bounds = [
            BEGINNING_OF_TIME,
            *(
                _text(begin + timedelta(seconds=max(before, after)))
                for begin, before, after in zip(begins[1:], offsets, offsets[1:], strict=False)
            ),
            END_OF_TIME,
        ]
        for position, offset in enumerate(offsets):
            yield {
                "zone": name,
                "utc_from": utc_bounds[position],
                "utc_until": utc_bounds[position + 1],
                "local_from": local_bounds[position],
                "local_until": local_bounds[position + 1],
                "utc_offset_seconds": offset,
                "is_report_zone": int(name == report_zone),
            }


@cache
def _changes(zone: tzinfo) -> tuple[datetime, ...]:
    """Return the first instant, then each at which the offset changes, to the second.

    It takes longer than all else that a night asks for, and a run asks for it more than once.
    """
    changes = [FIRST_INSTANT]
    known_until, offset = FIRST_INSTANT, _offset_seconds(FIRST_INSTANT, zone)
    while known_until < LAST_INSTANT:
        # No zone has ever changed its offset twice within a day.
        next_day = known_until + timedelta(days=1)
        next_offset = _offset_seconds(next_day, zone)
        if next_offset != offset:
            before, after = known_until, next_day
            while after - before > timedelta(seconds=1):
                middle = before + (after - before) // 2
                middle = middle.replace(microsecond=0)
                if _offset_seconds(middle, zone) == offset:
                    before = middle
                else:
                    after = middle
            changes.append(after)
        known_until, offset = next_day, next_offset
    return tuple(changes)


def _offset_seconds(instant: datetime, zone: tzinfo) -> int:
    offset = instant.astimezone(zone).utcoffset()
    assert offset is not None, "every zone of find_zone has an offset"  # noqa: S101
    return int(offset.total_seconds())


def _text(instant: datetime) -> str:
    return instant.strftime(TIME_FORMAT)
