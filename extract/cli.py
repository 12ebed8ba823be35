"""The command line: `python -m extract`. The only place that turns errors into words and an exit code."""

import sys
import uuid
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from typing import Any, TypeVar

import click
from stamina.instrumentation import set_on_retry_hooks

from extract.clock import TIME_FORMAT
from extract.errors import ExtractError, SettingsError
from extract.report import Outcome, Report
from extract.settings import load_settings
from extract.steps import STEPS, Job, Step, StepSkippedError
from extract.warehouse import Warehouse

EXIT_STEP_FAILED = 1
EXIT_SETTINGS = 2

Command = TypeVar("Command", bound=Callable[..., Any])


DEFAULT_DAYS = 2000
DEFAULT_PAGE_SIZE = 500

OPTIONS = {
    "days": click.option(
        "--days",
        type=click.IntRange(1, 36_500),
        default=DEFAULT_DAYS,
        show_default=True,
        help="How many days back watch events are read.",
    ),
    "page_size": click.option(
        "--page-size",
        type=click.IntRange(1, 10_000),
        default=DEFAULT_PAGE_SIZE,
        show_default=True,
        help="How many items or users an answer of the server may hold.",
    ),
    "database": click.option(
        "--database",
        type=click.Path(dir_okay=False, path_type=Path),
        help="The SQLite file.  [default: WAREHOUSE_PATH, else data/emby_elt.db]",
    ),
    "quiet": click.option("--quiet", is_flag=True, help="Print errors alone."),
}


def options_of(*names: str) -> Callable[[Command], Command]:
    """Add options to a command, in this order."""

    def add(command: Command) -> Command:
        for name in reversed(names):
            command = OPTIONS[name](command)
        return command

    return add


@click.group(
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Settings come from the environment and from .env; .env.example lists them. "
    "Afterwards, `dbt build` makes the tables that people read.",
)
@options_of(*OPTIONS)
@click.pass_context
def main(context: click.Context, /, **options: Any) -> None:
    """Load everything an Emby server knows about a household's viewing into SQLite.

    Without a command all steps run, in the order of the list below. What is loaded already stays, and an event that
    the server has forgotten is never deleted here.

    Exit code: 0 all went well, 1 a step failed (the others still ran), 2 wrong usage or a missing setting.
    """
    if context.invoked_subcommand is None:
        _run(STEPS, **options)
    else:
        # What is said before the command holds for it too.
        context.default_map = {step.name: options for step in STEPS}


def _add_command(step: Step) -> None:
    @main.command(step.name, help=step.summary, short_help=step.summary)
    @options_of(*step.options, "database", "quiet")
    def command(**options: Any) -> None:
        _run((step,), **options)


for _step in STEPS:
    _add_command(_step)


def _run(
    steps: Sequence[Step],
    *,
    database: Path | None,
    quiet: bool,
    days: int = DEFAULT_DAYS,
    page_size: int = DEFAULT_PAGE_SIZE,
) -> None:
    settings = load_settings()
    report = Report(quiet=quiet)
    set_on_retry_hooks([report.retrying])
    try:
        # What is missing is found before anything is downloaded.
        for step in steps:
            step.check(settings)
        warehouse = Warehouse(database or settings.warehouse_path)
    except ExtractError as error:
        report.complain(str(error))
        sys.exit(EXIT_SETTINGS if isinstance(error, SettingsError) else EXIT_STEP_FAILED)
    with warehouse:
        job = Job(settings, warehouse, days=days, page_size=page_size, loaded_at=_now())
        run_id = f"{job.loaded_at} {uuid.uuid4().hex[:8]}"
        outcomes = [_run_step(replace(job, loaded_at=_now()), run_id, step, report) for step in steps]
    report.summarise(outcomes)
    if any(outcome.status == "failed" for outcome in outcomes):
        sys.exit(EXIT_STEP_FAILED)


def _run_step(job: Job, run_id: str, step: Step, report: Report) -> Outcome:
    started = monotonic()
    outcome = Outcome(step.name)
    with report.watch(step.name) as watcher:
        try:
            outcome.counts = step.run(job, watcher)
        except StepSkippedError as reason:
            outcome.status, outcome.error = "skipped", str(reason)
        except ExtractError as error:
            outcome.status, outcome.error = "failed", str(error)
        outcome.rejections = watcher.rejections
    outcome.seconds = monotonic() - started
    job.warehouse.record_step(
        {
            "run_id": run_id,
            "step": step.name,
            "started_at": job.loaded_at,
            "finished_at": _now(),
            "status": outcome.status,
            "rows_read": outcome.counts.read,
            "rows_inserted": outcome.counts.inserted,
            "rows_updated": outcome.counts.updated,
            "rows_removed": outcome.counts.removed,
            "rows_rejected": len(outcome.rejections),
            "error": outcome.error,
        }
    )
    report.tell(outcome)
    return outcome


def _now() -> str:
    return datetime.now(UTC).strftime(TIME_FORMAT)
