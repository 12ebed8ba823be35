"""The step that loads the server's clock and the time zones in use, after asking the server what it shows."""

from datetime import UTC, datetime
from typing import Any

from extract.errors import ApiError, SettingsError, UnreachableError
from extract.landing.merge import Counts
from extract.landing.raw_tables import SERVER_CLOCK, TIMEZONE_OFFSETS
from extract.progress import Progress
from extract.run.job import Job, load_table
from extract.settings import Settings
from extract.sources import clock, playback_query
from extract.sources.http import Client
from extract.sources.timezone_offsets import iter_timezone_offsets

Row = dict[str, Any]


def read_clock(settings: Settings) -> tuple[list[clock.Era], list[Row]]:
    """Return the server clock's eras and the offset rows of the zones in use.

    Where no clock is set it is taken to show this machine's zone; where no report zone is set it is the clock's last.
    """
    eras = clock.parse_server_clock(settings.server_clock or clock.machine_zone())
    return eras, list(iter_timezone_offsets(eras, settings.report_timezone or eras[-1].zone))


def load_clock(job: Job, progress: Progress) -> Counts:
    """Load the server clock's eras and the offsets of the zones in use; ask the server what its clock shows.

    Raises: SettingsError if no clock is set and the server's shows another time than this machine's zone.
    """
    del progress
    eras, offsets = read_clock(job.settings)
    measurement, unknown = _measure_clock(job)
    is_set = job.settings.server_clock is not None
    warning = None
    if measurement is not None and measurement.disagrees_with(eras):
        difference = measurement.difference(eras)
        if not is_set:
            raise SettingsError(
                f"EMBY_SERVER_CLOCK is not set, so that {eras[-1].zone}, this machine's zone, was assumed; but "
                f"{difference}. Put this line into .env:\n"
                f"EMBY_SERVER_CLOCK={measurement.zone}\n"
                "or, better, the name of the server's zone, such as Europe/Berlin, which follows daylight saving."
            )
        warning = f"{difference}. Correct EMBY_SERVER_CLOCK or the server's clock: sessions may be hours off."
    job.warehouse.collect(SERVER_CLOCK, clock.iter_server_clock(eras))
    counts = load_table(job, TIMEZONE_OFFSETS, offsets, SERVER_CLOCK)
    counts.warning = warning
    named = f"the server's clock is taken for {eras[-1].zone}"
    if not is_set:
        named += ", this machine's zone, because EMBY_SERVER_CLOCK is not set"
    if measurement is not None:
        counts.server_utc_offset_seconds = int(measurement.offset.total_seconds())
    counts.note = f"{named}; {unknown or f'it shows {measurement.zone}' if measurement else unknown}"
    return counts


def load_clock_if_there_is_none(job: Job, progress: Progress) -> None:
    """Load the clock unless one is loaded already: without it no model could tell when anything was played.

    An import must not replace it, because it may be started with other settings than the nightly run, or with none.
    """
    if not job.warehouse.keys(SERVER_CLOCK):
        load_clock(job, progress)


def _measure_clock(job: Job) -> tuple[clock.Measurement | None, str]:
    """Return what the server's clock shows, or None and why that is not known."""
    if not job.settings.has_emby:
        return None, "no server is set that could be asked"
    try:
        return measure_clock(job.emby()), ""
    except UnreachableError as error:
        job.unreachable[error.service] = error
        return None, "the server could not be reached"
    except ApiError as error:
        return None, f"the server could not be asked: {error}"


def measure_clock(client: Client) -> clock.Measurement:
    """Ask the server what its clock shows.

    Raises: HistoryQueryRefusedError if the plugin takes no queries; ApiError if the server cannot be asked.
    """
    local, utc = playback_query.server_clock(client)
    return clock.Measurement(local, utc, datetime.now(UTC))
