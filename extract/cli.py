"""The commands of `python -m extract`: load, import, back up, restore, ship and check."""

from pathlib import Path
from typing import Any

import click

from extract.cli_options import DEFAULTS, OPTIONS, PathType, options_of
from extract.errors import CommandFailedError, WarehouseError
from extract.landing.copies import folder_of_backups, make_backup
from extract.landing.lock import only_one
from extract.landing.restore import restore_backup
from extract.run import doctor
from extract.run.import_steps import backup_step, jellystat_step, tautulli_step
from extract.run.invocation import invocation
from extract.run.job import Options, Step
from extract.run.runner import run_steps
from extract.run.ship import ship
from extract.run.steps import STEPS
from extract.sources.masking import Masker

COUNTED_BY_BUILD = (
    "Next: make build, which counts what no other source tells; the table source_reconciliation shows what that is."
)


@click.group(
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Settings come from the environment and from .env; .env.example lists them. "
    "Afterwards, `make build` makes the tables that people read; `make run` does both.",
)
@options_of(*OPTIONS)
@click.pass_context
def main(context: click.Context, /, **options: Any) -> None:
    """Load everything an Emby server knows about a household's viewing into SQLite.

    Without a command the steps run in order: clock, genres, users, items, events. What is loaded already stays, and
    an event that the server has forgotten is never deleted here. A later run reads only what has changed.

    Exit code: 0 all went well, 1 a step failed (the others still ran), 2 wrong usage or a missing setting.
    """
    if context.invoked_subcommand is None:
        _run(STEPS, **options)
    else:
        # What is said before the command holds for it too.
        context.default_map = dict.fromkeys(main.commands, options)


def _add_command(step: Step) -> None:
    @main.command(step.name, help=step.summary, short_help=step.summary)
    @options_of(*step.options, "database", "quiet", "verbose")
    def command(**options: Any) -> None:
        _run((step,), **options)


for _step in STEPS:
    _add_command(_step)


@main.command("import-backup")
@click.argument("file", type=PathType())
@options_of("database", "quiet")
def _import_backup(file: Path, **options: Any) -> None:
    """Load a backup FILE of the Playback Reporting plugin.

    Tab-separated, 9 to 12 columns; Jellyfin's too. As often as you like, and in any order with the server itself: an
    event that is known already is not loaded twice. A line that cannot be used is left out, with its number and why.
    """
    _import(backup_step(file), "lines", "Next: make build, so that the tables show them.", **options)


@main.command("import-jellystat")
@click.argument("file", type=PathType())
@options_of("database", "quiet")
def _import_jellystat(file: Path, **options: Any) -> None:
    """Load a backup FILE of Jellystat, which watched the same Emby server.

    Of either format, .json or .jsonl, and of any size. As often as you like: a row that is known already is not loaded
    twice. A file that is broken, or cut off within a row, is refused whole.
    """
    _import(jellystat_step(file), "rows", COUNTED_BY_BUILD, **options)


@main.command("import-tautulli")
@click.argument("file", type=PathType())
@options_of("database", "quiet")
def _import_tautulli(file: Path, **options: Any) -> None:
    """Load FILE, the tautulli.db of a Plex server, or a backup of it.

    It is only read, also while Tautulli has it open. As often as you like: a play that is known already is not loaded
    twice. A file that is damaged is refused whole.
    """
    _import(tautulli_step(file), "plays", COUNTED_BY_BUILD, **options)


def _import(step: Step, unit: str, what_now: str, **options: Any) -> None:
    with invocation(**options) as here:
        (outcome,) = run_steps((step,), here.settings, here.database, DEFAULTS, here.report)
        if outcome.status == "failed":
            raise CommandFailedError
        counts, rejected = outcome.counts, len(outcome.rejections)
        here.report.say(
            f"{counts.read + rejected:,} {unit} read: {counts.inserted:,} new, {counts.read - counts.inserted:,} known "
            f"already, {rejected:,} rejected.\n{what_now}"
        )


@main.command("backup")
@click.option(
    "--folder",
    type=PathType(),
    help="Where copies are kept.  [default: backups, beside the database]",
)
@click.option("--keep", type=click.IntRange(1), default=7, show_default=True, help="How many copies stay.")
@options_of("database", "quiet")
def _backup(folder: Path | None, keep: int, **options: Any) -> None:
    """Copy the database, while others read and write it, and keep the last few copies."""
    with invocation(**options) as here:
        backup = make_backup(here.database, folder or folder_of_backups(here.database), keep)
        here.report.say(f"{backup.copy} is a checked copy of {here.database}.")
        for old in backup.deleted:
            here.report.say(f"{old} was older than the last {keep}, and is gone.")
        if backup.fuller:
            names = ", ".join(map(str, backup.fuller))
            raise WarehouseError(
                f"These copies are older than the last {keep}, and were kept, because they hold more plays than the "
                f"database now: {names}. Is it the right database? make restore FILE=... puts a copy back. If you do "
                "not want these copies any more, delete them."
            )


@main.command("restore")
@click.argument("file", type=PathType())
@click.option("--force", is_flag=True, help="Even over a newer or a damaged database.")
@options_of("database", "quiet")
def _restore(file: Path, *, force: bool, **options: Any) -> None:
    """Replace the database by the copy FILE. What was there is kept beside it."""
    with invocation(**options) as here, only_one(here.database):
        contents, kept = restore_backup(file, here.database, force=force)
        here.report.say(
            f"{here.database} holds {contents.events:,} observations of events, last loaded at "
            f"{contents.loaded_at or 'no time'} UTC. Run make build, so that the tables made from it follow."
        )
        if kept is not None:
            here.report.say(f"What was there before is {kept}.")


@main.command("ship")
@click.argument("target")
@click.option("--full-refresh", is_flag=True, help="Copy every row again, not only what the target lacks.")
@options_of("database", "quiet")
def _ship(target: str, *, full_refresh: bool, **options: Any) -> None:
    """Copy the raw tables to TARGET, for the models to run there.

    TARGET is a PostgreSQL database, such as postgresql://ann@localhost:5432/emby, where the tables go into the schema
    emby_raw; or a folder, for Parquet files. Whoever reads there meanwhile sees the former tables or the new ones. A
    password belongs into PGPASSWORD or ~/.pgpass.
    """
    with invocation(**options) as here:
        here.report.masker = Masker([*here.settings.secrets(), here.settings.values.get("PGPASSWORD", "")])
        ship(target, here.database, here.report, full_refresh=full_refresh)


@main.command("doctor")
@options_of("database")
def _doctor(database: Path | None) -> None:
    """Check settings, server, plugin, clock, disk, database and dbt, and say what to do about each."""
    with invocation(database=database, quiet=False) as here:
        all_is_well = True
        for finding in doctor.examine(here.settings, here.database):
            here.report.say(str(finding))
            all_is_well = all_is_well and finding.is_well
        if not all_is_well:
            raise CommandFailedError


def _run(steps: tuple[Step, ...], *, database: Path | None, quiet: bool, verbose: bool, **options: Any) -> None:
    with invocation(database=database, quiet=quiet, verbose=verbose) as here:
        outcomes = run_steps(steps, here.settings, here.database, Options(**options), here.report)
        here.report.summarise(outcomes)
        if any(outcome.status == "failed" for outcome in outcomes):
            raise CommandFailedError
