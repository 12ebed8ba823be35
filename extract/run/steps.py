"""The steps of a run, in order: each joins a fetcher to the tables it fills."""

from pathlib import Path

from extract.errors import ExtractError
from extract.landing.merge import Counts
from extract.landing.raw_tables import WATCH_EVENTS
from extract.run.clock_step import load_clock, read_clock
from extract.run.history_step import load_events
from extract.run.job import Job, Step, load_table
from extract.run.library_steps import load_genres, load_items, load_users
from extract.run.progress import Progress
from extract.settings import Settings
from extract.sources.playback_backup import iter_backup

STEPS = (
    Step("clock", "The server's clock and the time zones in use.", read_clock, load_clock),
    Step("genres", "TMDB's genres.", Settings.tmdb, load_genres, "TMDB", ("max_removals",)),
    Step("users", "The server's users.", Settings.emby, load_users, "Emby", ("page_size",)),
    Step(
        "items",
        "Films, series and episodes of the library.",
        Settings.emby,
        load_items,
        "Emby",
        ("page_size", "full_refresh", "max_removals"),
    ),
    Step(
        "events",
        "Who played what, when, for how long.",
        Settings.emby,
        load_events,
        "Emby",
        ("days", "full_refresh", "history_source"),
    ),
)


def import_step(file: Path) -> Step:
    """Return a step that loads a backup file of the plugin. It is no part of a run."""

    def load_backup(job: Job, progress: Progress) -> Counts:
        # Without a clock, no model could tell when anything was played.
        load_clock(job, progress)
        counts = load_table(job, WATCH_EVENTS, iter_backup(file, progress))
        if not counts.read:
            raise ExtractError(
                f"{file} has no line that could be used. Is it a backup of the Playback Reporting plugin: "
                "tab-separated, without a header, 9 to 12 columns?"
            )
        return counts

    return Step("import-backup", "A backup file of the plugin.", read_clock, load_backup)
