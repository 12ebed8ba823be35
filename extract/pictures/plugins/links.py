"""A plugin of Datasette that links titles to their sessions, sessions to their events, and events to observations."""

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
    """Return a link from an id to the rows that its row is made of; None for any other cell."""
    further = FURTHER.get(column)
    if not isinstance(value, str) or further is None or further == table:
        return None
    address = datasette.urls.table(database, further)
    return Markup('<a href="{}?{}={}">{}</a>').format(
        address, COLUMNS.get(column, column), quote(value, safe=""), value
    )
