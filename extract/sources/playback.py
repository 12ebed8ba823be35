"""What all readers of the Playback Reporting plugin share: the columns of an observation, and the day of one."""

import re
from typing import Any

Row = dict[str, Any]

# An answer is parsed whole, so its size bounds the memory: about 3 MB of JSON.
ROWS_WANTED_PER_ANSWER = 10_000

# The day of a row on the server's clock, as SQL and as Python; empty for a row without a date.
DAY_SQL = (
    "case when DateCreated glob '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]*' "
    "then substr(DateCreated, 1, 10) else '' end"
)
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def day_of(played_at_local: str) -> str:
    """Return the day of a wall time, `YYYY-MM-DD`; empty if it does not begin with a date."""
    return played_at_local[:10] if DAY.match(played_at_local) else ""


def observation(  # noqa: PLR0917 - the plugin's twelve columns, in its order
    source: str,
    played_at: str | None,
    user_id: str | None,
    item_id: str | None,
    item_type: str | None,
    item_name: str | None,
    playback_method: str | None,
    client_name: str | None,
    device_name: str | None,
    play_seconds: str | None,
    pause_seconds: str | None,
    remote_address: str | None,
    transcode_reasons: str | None,
) -> Row:
    """Return a row of the plugin's table with the received columns of `raw_emby_watch_events`.

    A null in a key column becomes an empty text.
    """
    return {
        "source": source,
        "user_id": user_id or "",
        "item_id": item_id or "",
        "played_at_local": played_at or "",
        "play_duration_seconds": play_seconds or "",
        "pause_duration_seconds": pause_seconds or "",
        "item_name": item_name,
        "item_type": item_type,
        "user_name": None,
        "remote_address": remote_address,
        "playback_method": playback_method,
        "client_name": client_name,
        "device_name": device_name,
        "transcode_reasons": transcode_reasons,
    }
