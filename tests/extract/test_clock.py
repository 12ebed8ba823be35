from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.errors import SettingsError
from extract.sources import clock
from extract.sources.timezone_offsets import iter_timezone_offsets
from tests.environment import CLOCK

ZONES = ("Australia/Melbourne", "Europe/Berlin", "America/New_York", "Africa/Casablanca", "Asia/Kolkata", "UTC")
OFFSETS = {zone: list(iter_timezone_offsets([clock.Era(clock.BEGINNING_OF_TIME, zone)], zone)) for zone in ZONES}


def offset_at(zone: str, text: str, bound: str) -> int:
    """Return the offset whose stretch holds a time; exactly one does."""
    (row,) = [row for row in OFFSETS[zone] if str(row[f"{bound}_from"]) <= text < str(row[f"{bound}_until"])]
    return int(row["utc_offset_seconds"])


@given(
    st.sampled_from(ZONES),
    st.datetimes(datetime(1970, 1, 2), datetime(2099, 12, 30)),
)
def test_a_wall_time_means_what_python_says(zone: str, wall: datetime) -> None:
    expected = wall.replace(tzinfo=ZoneInfo(zone), fold=0).utcoffset()
    assert timedelta(seconds=offset_at(zone, wall.strftime(clock.TIME_FORMAT), "local")) == expected


@given(st.sampled_from(ZONES), st.datetimes(datetime(1970, 1, 2), datetime(2099, 12, 30), timezones=st.just(UTC)))
def test_an_instant_shows_what_python_says(zone: str, instant: datetime) -> None:
    expected = instant.astimezone(ZoneInfo(zone)).utcoffset()
    assert timedelta(seconds=offset_at(zone, instant.strftime(clock.TIME_FORMAT), "utc")) == expected


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("seconds", [-3601, -3600, -1801, -1, 0, 1, 1799, 3599, 3600, 3601])
def test_every_change_of_a_zone_is_exact_to_the_second(zone: str, seconds: int) -> None:
    for row in OFFSETS[zone][1:]:
        for bound in ("utc_from", "local_from"):
            wall = datetime.fromisoformat(str(row[bound])) + timedelta(seconds=seconds)
            expected = wall.replace(tzinfo=ZoneInfo(zone), fold=0).utcoffset()
            assert timedelta(seconds=offset_at(zone, wall.strftime(clock.TIME_FORMAT), "local")) == expected


def test_a_clock_that_was_pacific_and_then_melbourne() -> None:
    eras = clock.parse_server_clock(CLOCK["EMBY_SERVER_CLOCK"])
    assert eras == [
        clock.Era("0001-01-01 00:00:00", "UTC-07:00"),
        clock.Era("2025-08-15 11:10:00", "Australia/Melbourne"),
    ]
    rows = list(iter_timezone_offsets(eras, CLOCK["REPORT_TIMEZONE"]))
    assert rows[0]["utc_offset_seconds"] == -7 * 3600
    assert {row["zone"] for row in rows if row["is_report_zone"]} == {"Australia/Melbourne"}


@pytest.mark.parametrize(
    ("name", "hours"), [("UTC", 0), ("UTC-07:00", -7), ("GMT+2", 2), ("+05:30", 5.5), ("-0330", -3.5)]
)
def test_fixed_offsets(name: str, hours: float) -> None:
    assert clock.find_zone("X", name).utcoffset(None if name != "UTC" else datetime(2025, 1, 1)) == timedelta(
        hours=hours
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Nowhere/Land", "no time zone 'Nowhere/Land'"),
        ("UTC+99:00", "no time zone"),
        ("../../etc/passwd", "no time zone"),
        ("", "no time zone ''"),
        ("UTC, Australia/Melbourne", "is no change of the clock"),
        ("UTC, 2025-02-30 00:00:00 UTC", "is no change of the clock"),
        ("UTC, 2025-08-15 11:10:00 Nowhere/Land", "no time zone"),
        ("UTC, 2025-08-15 11:10:00 UTC, 2025-08-15 11:10:00 UTC", "not after the change before it"),
    ],
)
def test_a_clock_that_cannot_be_is_told(text: str, said: str) -> None:
    with pytest.raises(SettingsError, match=said) as caught:
        clock.parse_server_clock(text)
    assert "EMBY_SERVER_CLOCK" in str(caught.value)


def test_a_report_zone_that_cannot_be_is_told() -> None:
    with pytest.raises(SettingsError, match="REPORT_TIMEZONE"):
        list(iter_timezone_offsets([clock.Era(clock.BEGINNING_OF_TIME, "UTC")], "Nowhere/Land"))
