"""`python -m extract.explain`: explain how the numbers of a session, or of a user and a title, came about."""

from contextlib import closing

import click

from extract.errors import SettingsError
from extract.explain.chosen import choose_session, choose_user_item
from extract.explain.parts import compile_analyses, connect, explain
from extract.explain.printed import show
from extract.run.invocation import invocation


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--session", "session_id", help="The session_id of a session, as watch_sessions has it.")
@click.option("--user", help="A user's name or id.")
@click.option("--title", help="A title that this user played: its name or its item's id.")
def main(session_id: str | None, user: str | None, title: str | None) -> None:
    """Say how the numbers of a session, or of all that somebody saw of a title, came about.

    Exit code: 0 explained, 1 the database or dbt failed, 2 wrong usage, or what was named is not there.
    """
    with invocation(database=None, quiet=False) as here:
        if bool(session_id) == bool(user and title) or bool(session_id) == bool(user or title):
            raise SettingsError("Say what to explain: make explain SESSION=..., or make explain USER=... TITLE=...")
        with closing(connect(here.database)) as connection:
            if session_id:
                chosen = choose_session(connection, session_id)
            else:
                chosen = choose_user_item(connection, user or "", title or "")
            statements = compile_analyses(connection, here.settings, here.report)
            show(chosen.heading, explain(connection, statements, chosen), here.report)


if __name__ == "__main__":
    main()
