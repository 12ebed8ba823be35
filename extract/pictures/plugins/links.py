"""A plugin of Datasette: from a title to its sessions, from a session to its events, and to their observations."""

from urllib.parse import quote

from datasette import hookimpl
from datasette.app import Datasette
from markupsafe import Markup

# Column of a row, and the table that tells more of it.
FURTHER = {
    "title_id": "items",
    "item_id": "watch_sessions",
    "session_id": "watch_events",
    "event_id": "watch_event_observations",
}
COLUMNS = {"title_id": "series_id"}


@hookimpl
def render_cell(value: object, column: str, table: str | None, database: str, datasette: Datasette) -> str | None:
    """Return a link to what a cell's row is made of; none where there is nothing further."""
    further = FURTHER.get(column)
    if not isinstance(value, str) or further is None or further == table:
        return None
    address = datasette.urls.table(database, further)
    return Markup('<a href="{}?{}={}">{}</a>').format(
        address, COLUMNS.get(column, column), quote(value, safe=""), value
    )
