"""Find the session, or the user and item, that the command line names."""

import sqlite3
from dataclasses import dataclass

from extract.errors import SettingsError

MATCHES_SHOWN = 10

PLAYED_BY = """
select
    played.item_id,
    coalesce(max(played.item_name), max(items.item_name)),
    max(items.item_name),
    max(item_titles.title_id)
from (
    select item_id, item_name, last_watched_at from user_item_stats where user_id = :user_id
    union all
    select item_id, null, null from rejected_watch_events where user_id = :user_id
) as played
left join items on played.item_id = items.item_id
left join item_titles on played.item_id = item_titles.item_id
where played.item_id is not null
group by played.item_id
order by max(played.last_watched_at) desc, played.item_id
"""


@dataclass(frozen=True)
class Chosen:
    """What is explained: a user, an item, and one session of the two, or all of them if `session_id` is None."""

    user_id: str
    item_id: str
    session_id: str | None
    heading: str


def choose_session(connection: sqlite3.Connection, session_id: str) -> Chosen:
    """Return the session of this id.

    Raises: SettingsError if there is none.
    """
    found = connection.execute(
        "select user_id, item_id, user_name, item_name, started_local from watch_sessions where session_id = ?",
        (session_id,),
    ).fetchone()
    if found is None:
        raise SettingsError(f"There is no session {session_id}: the column session_id of watch_sessions has them all.")
    user_id, item_id, user, item, started = found
    return Chosen(user_id, item_id, session_id, f"{user}, {item or item_id}: the session of {started}")


def choose_user_item(connection: sqlite3.Connection, user: str, title: str) -> Chosen:
    """Return the user and item of these names, compared without case, or ids.

    Of several items of one title it is the one last watched; the explanation lists the others.

    Raises: SettingsError if there is none, or if there are several, with their ids.
    """
    users = connection.execute("select user_id, user_name from users order by user_name, user_id").fetchall()
    user_id, user_name = _one("user", "USER", user, [(id_, name, None, id_) for id_, name in users])
    items = connection.execute(PLAYED_BY, {"user_id": user_id}).fetchall()
    item_id, item_name = _one("title", "TITLE", title, items, user_name)
    return Chosen(user_id, item_id, None, f"{user_name}, {item_name}")


def _one(
    kind: str, setting: str, wanted: str, known: list[tuple[str, str | None, str | None, str]], of: str = ""
) -> tuple[str, str]:
    """Return id and name of the one that is meant, by id or name, of `known`: id, names, and what several may share."""
    folded = wanted.casefold()
    found = [row for row in known if row[0] == wanted] or [
        row for row in known if folded in {name.casefold() for name in row[1:3] if name}
    ]
    if not found:
        played = f" that {of} played" if of else ""
        raise SettingsError(f"There is no {kind} {wanted}{played}: look into {'user_item_stats' if of else 'users'}.")
    if len({row[3] for row in found}) > 1:
        shown = "; ".join(f"{id_} ({name})" for id_, name, *_ in found[:MATCHES_SHOWN])
        more = f"; and {len(found) - MATCHES_SHOWN} more" if len(found) > MATCHES_SHOWN else ""
        raise SettingsError(f"{len(found)} are called {wanted}: give the id of one as {setting}: {shown}{more}.")
    id_, name, *_ = found[0]
    return id_, name or id_
