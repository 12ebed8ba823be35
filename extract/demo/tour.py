"""Show the product on a simulated household, or serve that household."""

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from extract.demo.household import make_household
from extract.demo.loopback import serve
from extract.demo.servers import API_KEY, READ_ACCESS_TOKEN, Emby, Tmdb
from extract.errors import ExtractError
from extract.run.invocation import invocation
from extract.run.pipeline import DEMO_DATABASE, load_and_build
from extract.settings import Settings

MOST_WATCHED = """
select
    item_name as title,
    count(distinct user_id) as viewers,
    sum(viewing_count) as viewings,
    printf('%.1f', sum(total_seconds_watched) / 3600.0) as hours
from user_item_stats
group by item_name
order by viewings desc, sum(total_seconds_watched) desc, title
limit 8
"""

WHO_WATCHES_MOST = """
select
    users.user_name as who,
    printf('%.1f', sum(user_item_stats.total_seconds_watched) / 3600.0) as hours,
    sum(user_item_stats.viewing_count) as viewings,
    sum(user_item_stats.rewatch_count) as rewatches,
    printf('%.0f %%', 100 * avg(user_item_stats.best_completion_ratio)) as "average completion"
from users
inner join user_item_stats using (user_id)
group by users.user_id
order by sum(user_item_stats.total_seconds_watched) desc
"""


@contextmanager
def simulated_servers(emby_port: int = 0, tmdb_port: int = 0) -> Iterator[dict[str, str]]:
    """Serve the household as of now. Yields the settings that lead the extractor there."""
    household = make_household(datetime.now(UTC))
    with ExitStack() as stack:
        try:
            emby_url = stack.enter_context(serve(Emby(household), emby_port))
            tmdb_url = stack.enter_context(serve(Tmdb(household), tmdb_port))
        except OSError as error:
            raise ExtractError(f"A port cannot be had ({error.strerror}): name others.") from None
        yield {
            "EMBY_BASE_URL": f"{emby_url}/emby",
            "EMBY_API_KEY": API_KEY,
            "EMBY_SERVER_CLOCK": "UTC-07:00, 2025-08-15 11:10:00 Australia/Melbourne",
            "REPORT_TIMEZONE": "Australia/Melbourne",
            "TMDB_BASE_URL": tmdb_url,
            "TMDB_READ_ACCESS_TOKEN": READ_ACCESS_TOKEN,
            # Loopback is no business of a proxy.
            "NO_PROXY": "127.0.0.1",
        }


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.pass_context
def main(context: click.Context) -> None:
    """Run the extractor and dbt on a simulated household, and show what they make of it.

    The database is data/demo.db; your own is not touched.
    """
    if context.invoked_subcommand is None:
        _tour(Console(highlight=False, soft_wrap=True))


@main.command("serve")
@click.option("--emby-port", default=8096, show_default=True)
@click.option("--tmdb-port", default=8097, show_default=True)
def _serve(emby_port: int, tmdb_port: int) -> None:
    """Serve the simulated household until Ctrl-C, and print the settings for it."""
    try:
        with simulated_servers(emby_port, tmdb_port) as settings:
            for name, value in settings.items():
                click.echo(f"{name}={value}")
            click.echo("Serving until Ctrl-C.")
            threading.Event().wait()
    except ExtractError as error:
        raise click.ClickException(str(error)) from None


def _tour(console: Console) -> None:
    for leftover in (DEMO_DATABASE, Path(f"{DEMO_DATABASE}-wal"), Path(f"{DEMO_DATABASE}-shm")):
        leftover.unlink(missing_ok=True)
    with (
        simulated_servers() as values,
        invocation(database=DEMO_DATABASE, quiet=False, settings=Settings(values)) as here,
    ):
        # Loopback is no business of a proxy.
        os.environ.update(NO_PROXY=values["NO_PROXY"], no_proxy=values["NO_PROXY"])
        console.print("The extractor and dbt, on a simulated Emby and TMDB on this machine:")
        load_and_build(here)
        with closing(sqlite3.connect(DEMO_DATABASE)) as connection:
            _show(console, connection, "Most watched", MOST_WATCHED)
            _show(console, connection, "Who watches most", WHO_WATCHES_MOST)
    console.print(
        f"""
[bold]Go on with[/]
  WAREHOUSE_PATH={DEMO_DATABASE} make dashboard     the same pictures with filters, and what they are made of
  WAREHOUSE_PATH={DEMO_DATABASE} make docs          every model and column, as one HTML file
  .venv/bin/python -m extract.demo serve         the simulated servers alone, to try the extractor on
  cp .env.example .env                           then fill in your own server's address and key, and
  make run                                       load it, and build the same tables from it"""
    )


def _show(console: Console, connection: sqlite3.Connection, title: str, query: str) -> None:
    rows = connection.execute(query)
    table = Table(title=title, title_justify="left", title_style="bold", box=None, pad_edge=False)
    for number, (heading, *_) in enumerate(rows.description):
        if number:
            table.add_column(heading, justify="right", min_width=len(heading))
        else:
            table.add_column(heading, no_wrap=True)
    for row in rows:
        table.add_row(*map(str, row))
    console.print()
    console.print(table)
