"""The commands of `python -m extract.pictures`: write the static pages, or serve the dashboard."""

import click

from extract.pictures.pages import folder_of, write_pages
from extract.pictures.server import serve_dashboard
from extract.run.invocation import invocation


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.pass_context
def main(context: click.Context) -> None:
    """Write the household's pictures into a folder beside the database: a page for all, for each person and year."""
    if context.invoked_subcommand is None:
        with invocation(database=None, quiet=False) as here:
            pages = write_pages(here.database, folder_of(here.database))
            here.report.say(f"{len(pages)} pages are drawn. Open {pages[0]} in a browser.")


@main.command("serve")
@click.option("--port", type=click.IntRange(1, 65535), default=8001, show_default=True, help="Port on 127.0.0.1.")
def _serve(port: int) -> None:
    """Serve the same charts with filters, and all that they are made of, on this machine alone."""
    with invocation(database=None, quiet=False) as here:
        serve_dashboard(here.database, port, here.report)
