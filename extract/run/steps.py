"""The steps of a run, in order: each loads one source into its raw tables."""

from extract.run.clock_step import load_clock, read_clock
from extract.run.history_step import load_events
from extract.run.job import Step
from extract.run.library_steps import load_genres, load_items, load_users
from extract.settings import Settings

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
