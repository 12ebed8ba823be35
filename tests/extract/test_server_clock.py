"""Which zone the server's clock is taken to show, and what its own clock says to that."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, timedelta, timezone, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from extract.demo.household import Household
from extract.demo.loopback import Answer, Response, serve
from extract.demo.servers import API_KEY, Emby
from tests.environment import Rows, environment
from tests.servers import Script, movie, play, user

REFUSAL = Response(400, b"custom queries are for administrators", "text/plain")


@dataclass
class Machine:
    """A machine with a time zone of its own, and the extractor on it."""

    database: Path

    def extract(self, server: Answer, *arguments: str, machine: str, clock: str = "", report: str = "") -> list[str]:
        """Run the extractor. Return its exit code and its lines."""
        with serve(server) as url:
            settings = {"EMBY_BASE_URL": url, "EMBY_API_KEY": API_KEY, "WAREHOUSE_PATH": str(self.database)}
            ended = subprocess.run(
                [sys.executable, "-m", "extract", *arguments],
                env=environment(**settings, TZ=machine, EMBY_SERVER_CLOCK=clock, REPORT_TIMEZONE=report),
                capture_output=True,
                text=True,
                check=False,
            )
        assert "Traceback" not in ended.stderr
        return [str(ended.returncode), *(ended.stdout + ended.stderr).splitlines()]

    def ask(self, sql: str) -> Rows:
        with closing(sqlite3.connect(self.database)) as connection:
            return connection.execute(sql).fetchall()


@pytest.fixture
def machine(database: Path) -> Machine:
    return Machine(database)


def server(zone: tzinfo) -> Emby:
    plays = [play("2025-08-20 20:00:00", "u1", "1", 600)]
    return Emby(Household(zone=zone, items=[movie("1")], users=[user("u1", "ann")], plays=plays))


def test_without_a_setting_the_zone_of_this_machine_is_taken_and_named(machine: Machine) -> None:
    code, *said = machine.extract(server(ZoneInfo("Asia/Kolkata")), machine="Asia/Kolkata")
    assert code == "0", said
    assert any("taken for Asia/Kolkata, this machine's zone" in line for line in said), said
    assert machine.ask("select zone from raw_server_clock") == [("Asia/Kolkata",)]
    assert machine.ask("select distinct zone from raw_timezone_offsets where is_report_zone") == [("Asia/Kolkata",)]


def test_without_a_setting_another_time_on_the_server_is_wrong_usage_with_the_line_to_write(machine: Machine) -> None:
    code, *said = machine.extract(server(timezone(timedelta(hours=5, minutes=30))), machine="Europe/Berlin")
    assert code == "2"
    assert "EMBY_SERVER_CLOCK=UTC+05:30" in said
    assert any("Europe/Berlin, this machine's zone, was assumed" in line for line in said)
    assert machine.ask("select count(*) from raw_server_clock") == [(0,)]
    # The line does what it says.
    code, *said = machine.extract(
        server(timezone(timedelta(hours=5, minutes=30))), machine="Europe/Berlin", clock="UTC+05:30"
    )
    assert code == "0", said
    assert machine.ask("select zone from raw_server_clock") == [("UTC+05:30",)]


def test_a_setting_that_the_server_contradicts_is_a_warning_and_the_run_goes_on(machine: Machine) -> None:
    code, *said = machine.extract(server(timezone(timedelta(hours=-7))), machine="UTC", clock="Asia/Kolkata")
    assert code == "0", said
    assert any("the server's clock shows" in line and "UTC-07:00" in line for line in said), said
    assert machine.ask("select zone from raw_server_clock") == [("Asia/Kolkata",)]
    assert machine.ask("select count(*) from raw_emby_watch_events") == [(1,)]


def test_a_setting_that_the_server_confirms_is_no_matter_to_talk_about(machine: Machine) -> None:
    code, *said = machine.extract(server(ZoneInfo("Asia/Kolkata")), machine="UTC", clock="Asia/Kolkata")
    assert code == "0"
    assert not any("should show" in line for line in said), said


@pytest.mark.parametrize(("zone", "seconds"), [(UTC, 0), (timezone(timedelta(hours=5, minutes=45)), 20_700)])
def test_what_was_measured_is_recorded_with_the_run(machine: Machine, zone: tzinfo, seconds: int) -> None:
    machine.extract(server(zone), "clock", machine="UTC", clock="UTC")
    measured = "select step, server_utc_offset_seconds from raw_extract_runs"
    assert machine.ask(measured) == [("clock", seconds)]


@pytest.mark.parametrize("clock", ["", "Asia/Kolkata"])
def test_a_server_that_cannot_be_asked_leaves_it_at_the_setting_or_this_machine(machine: Machine, clock: str) -> None:
    refusing = Script(server(UTC), *[REFUSAL] * 9, on="/user_usage_stats/submit_custom_query")
    code, *said = machine.extract(refusing, machine="Europe/Berlin", clock=clock)
    assert code == "0", said
    assert any(f"taken for {clock or 'Europe/Berlin'}" in line for line in said), said
    assert machine.ask("select server_utc_offset_seconds from raw_extract_runs where step = 'clock'") == [(None,)]


def test_the_report_zone_is_the_clocks_last(machine: Machine) -> None:
    eras = "UTC-07:00, 2025-08-15 11:10:00 Australia/Melbourne"
    machine.extract(server(ZoneInfo("Australia/Melbourne")), "clock", machine="UTC", clock=eras)
    assert machine.ask("select distinct zone from raw_timezone_offsets where is_report_zone") == [
        ("Australia/Melbourne",)
    ]
    machine.extract(server(ZoneInfo("Australia/Melbourne")), "clock", machine="UTC", clock=eras, report="Europe/Berlin")
    assert machine.ask("select distinct zone from raw_timezone_offsets where is_report_zone") == [("Europe/Berlin",)]


def test_a_clock_of_eras_is_compared_by_the_last_one(machine: Machine) -> None:
    eras = "Australia/Melbourne, 2025-08-15 11:10:00 UTC-07:00"
    code, *said = machine.extract(server(timezone(timedelta(hours=-7))), "clock", machine="UTC", clock=eras)
    assert code == "0"
    assert not any("should show" in line for line in said), said
