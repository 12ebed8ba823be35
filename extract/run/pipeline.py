"""The commands of `python -m extract.run`: load and build, or build, laboratory, docs or dev alone."""

from pathlib import Path

import click

from extract.errors import CommandFailedError, WarehouseError
from extract.landing.copies import make_development_copy
from extract.pictures.pages import folder_of, write_pages
from extract.run import dbt
from extract.run.invocation import Invocation, invocation
from extract.run.job import Options
from extract.run.report import Outcome
from extract.run.runner import run_steps
from extract.run.steps import STEPS
from extract.run.summary import say_where_tables_are, show_marts, show_scenarios, tell_failures, tell_warnings

DEMO_DATABASE = Path("data/demo.db")


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.pass_context
def main(context: click.Context) -> None:
    """Load everything from the servers, build the tables that people read, and say what there is now.

    Settings come from the environment and from .env; .env.example lists them. A step that fails stops neither the
    others nor the build.

    Exit code: 0 all went well, 1 a step or the build failed, 2 wrong usage or a missing setting.
    """
    if context.invoked_subcommand is None:
        with invocation(database=None, quiet=False) as here:
            load_and_build(here)


@main.command("build")
def _build() -> None:
    """Build the tables from what is loaded already."""
    with invocation(database=None, quiet=False) as here:
        _need(here.database, "build")
        _build_and_tell(here, [])


@main.command("laboratory")
def _laboratory() -> None:
    """Build what other thresholds would call watched, and show it side by side."""
    with invocation(database=None, quiet=False) as here:
        _need(here.database, "laboratory")
        variables = dbt.environment(here.settings, here.database) | dbt.WITH_LABORATORY
        run = dbt.run_dbt(dbt.LABORATORY, variables, here.report)
        if run.has_failed:
            tell_failures(run, "build", dbt.log_file(variables), here.report)
            raise CommandFailedError
        show_scenarios(here.database, here.report)


@main.command("docs")
def _docs() -> None:
    """Write dbt's documentation of every model and column, as one HTML file."""
    with invocation(database=None, quiet=False) as here:
        _need(here.database, "docs")
        variables = dbt.environment(here.settings, here.database)
        run = dbt.run_dbt(dbt.DOCS, variables, here.report)
        if run.has_failed:
            tell_failures(run, "docs", dbt.log_file(variables), here.report)
            raise CommandFailedError
        here.report.say(f"Open {dbt.target_folder(variables) / 'static_index.html'} in a browser.")


@main.command("dev")
def _dev() -> None:
    """Copy the database to where dbt's target dev builds, for experiments."""
    with invocation(database=None, quiet=False) as here:
        copy = make_development_copy(here.database)
        here.report.say(
            f"{copy} is a copy of {here.database}. Experiments build there: "
            "cd dbt_project && ../.venv/bin/dbt build --target dev"
        )


def load_and_build(here: Invocation) -> None:
    """Run every step and then dbt, draw the pictures, and print what there is.

    Raises: CommandFailedError if a step or the build failed.
    """
    _build_and_tell(here, run_steps(STEPS, here.settings, here.database, Options(), here.report))


def _build_and_tell(here: Invocation, outcomes: list[Outcome]) -> None:
    variables = dbt.environment(here.settings, here.database)
    run = dbt.run_dbt(dbt.BUILD, variables, here.report)
    ending = "failed, see the end" if run.has_failed else f"{run.node_count:,} models and tests in {run.seconds:.1f} s"
    here.report.note(f"dbt: {ending}")
    tell_warnings(run, here.report)
    pictures = "" if run.has_failed else _draw(here.database)
    # Nothing on standard output before all the work is done: whoever closes it does not stop the work.
    if outcomes:
        here.report.summarise(outcomes)
    show_marts(run, here.database, here.report)
    say_where_tables_are(here.database, here.report)
    if pictures:
        here.report.say(pictures)
    if run.has_failed:
        tell_failures(run, "build", dbt.log_file(variables), here.report)
    if run.has_failed or any(outcome.status == "failed" for outcome in outcomes):
        raise CommandFailedError


def _draw(database: Path) -> str:
    pages = write_pages(database, folder_of(database))
    return f"\nWhat was watched, in pictures ({len(pages)} pages): open {pages[0].absolute()} in a browser."


def _need(database: Path, target: str) -> None:
    if database.is_file() and database.stat().st_size:
        return
    demo = ""
    if DEMO_DATABASE.is_file():
        demo = f" The demo's is {DEMO_DATABASE}: WAREHOUSE_PATH={DEMO_DATABASE} make {target}"
    raise WarehouseError(f'There is no database at {database} yet: run "make run" first.{demo}')
