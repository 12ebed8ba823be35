"""The server's clock: which zone it showed from when on, as the settings say, and what it shows now."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import tzlocal

from extract.errors import SettingsError

TIME_FORMAT = "%Y-%m-%d %H:%M:%S"
# The first era of a clock, like the first stretch of a zone, reaches as far back as a date can.
BEGINNING_OF_TIME = "0001-01-01 00:00:00"

# How far the server's clock may be from what the settings say before somebody has to look.
TOLERANCE = timedelta(minutes=2)

FIXED_OFFSET = re.compile(r"(?:UTC|GMT)?(?P<sign>[+-])(?P<hours>\d{1,2})(?::?(?P<minutes>\d{2}))?")
ERA = re.compile(r"(?P<since>\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}) +(?P<zone>\S.*)")


@dataclass(frozen=True)
class Era:
    """From a moment on the server's own clock on, that clock showed this zone."""

    valid_from_local: str
    zone: str


def parse_server_clock(text: str) -> list[Era]:
    """Read `EMBY_SERVER_CLOCK`: `ZONE`, then `, YYYY-MM-DD HH:MM:SS ZONE` for each change, oldest first.

    A moment is given on the clock that was in use before it.
    Raises: SettingsError if a part cannot be read, names no zone, or is out of order.
    """
    first, *changes = (part.strip() for part in text.split(","))
    eras = [Era(BEGINNING_OF_TIME, first)]
    for change in changes:
        match = ERA.fullmatch(change)
        if match is None or not _is_time(match["since"]):
            raise SettingsError(
                f"EMBY_SERVER_CLOCK: {change!r} is no change of the clock. Write it as "
                "'2025-08-15 11:10:00 Australia/Melbourne': the moment, then the zone from then on."
            )
        if match["since"] <= eras[-1].valid_from_local:
            raise SettingsError(
                f"EMBY_SERVER_CLOCK: {match['since']} is not after the change before it. "
                "Write the changes in order, oldest first."
            )
        eras.append(Era(match["since"], match["zone"]))
    for era in eras:
        find_zone("EMBY_SERVER_CLOCK", era.zone)
    return eras


def find_zone(setting: str, name: str) -> tzinfo:
    """Return the zone of an IANA name (`Europe/Berlin`) or a fixed offset (`UTC`, `UTC-07:00`, `+10`).

    Raises: SettingsError, naming the setting, if there is no such zone.
    """
    fixed = FIXED_OFFSET.fullmatch(name)
    if fixed is not None:
        offset = timedelta(hours=int(fixed["hours"]), minutes=int(fixed["minutes"] or 0))
        if offset < timedelta(hours=24):
            return timezone(-offset if fixed["sign"] == "-" else offset)
    else:
        try:
            return ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            pass
    raise SettingsError(
        f"{setting}: there is no time zone {name!r}. Put an IANA name such as Europe/Berlin there, "
        "or a fixed offset such as UTC-07:00."
    )


def machine_zone() -> str:
    """Return the IANA name of this machine's own zone.

    Raises: SettingsError if the machine does not say.
    """
    try:
        return tzlocal.get_localzone_name() or "UTC"
    except (LookupError, ValueError, OSError) as error:
        raise SettingsError(
            f"EMBY_SERVER_CLOCK is not set, and this machine does not say what its own zone is ({error}). "
            "Put the zone of your Emby server there, such as EMBY_SERVER_CLOCK=Europe/Berlin."
        ) from None


@dataclass(frozen=True)
class Measurement:
    """What the server's clock showed when it was asked.

    `local`: its wall time; `utc`: what it takes for UTC; both without a zone. `asked_at`: this machine's time then.
    """

    local: datetime
    utc: datetime
    asked_at: datetime

    @property
    def offset(self) -> timedelta:
        """Return the offset in force on the server, to the minute."""
        return timedelta(minutes=round((self.local - self.utc) / timedelta(minutes=1)))

    @property
    def zone(self) -> str:
        """Return the offset as the name of a fixed zone, `UTC+10:00`."""
        return str(timezone(self.offset))

    def expected(self, eras: list[Era]) -> datetime:
        """Return what the server's clock should have shown if these are its eras."""
        now_local = self.local.strftime(TIME_FORMAT)
        era = [era for era in eras if era.valid_from_local <= now_local][-1]
        return self.asked_at.astimezone(find_zone("EMBY_SERVER_CLOCK", era.zone)).replace(tzinfo=None)

    def disagrees_with(self, eras: list[Era]) -> bool:
        """Return whether the clock differs by more than two minutes from what these eras say."""
        return abs(self.local - self.expected(eras)) > TOLERANCE

    def difference(self, eras: list[Era]) -> str:
        """Return a clause for a message: what the clock shows, and what it should show."""
        expected = self.expected(eras).strftime(TIME_FORMAT)
        return (
            f"the server's clock shows {self.local.strftime(TIME_FORMAT)} ({self.zone}), "
            f"and by {eras[-1].zone} it should show {expected}"
        )


def iter_server_clock(eras: list[Era]) -> Iterator[dict[str, str]]:
    """Yield the rows of `raw_server_clock`: `valid_from_local`, `zone`."""
    for era in eras:
        yield {"valid_from_local": era.valid_from_local, "zone": era.zone}


def _is_time(text: str) -> bool:
    try:
        datetime.strptime(text, TIME_FORMAT)  # noqa: DTZ007 - a wall time has no zone
    except ValueError:
        return False
    return True
