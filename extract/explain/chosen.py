"""Find the session, or the user and item, that the command line names."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from extract.errors import SettingsError

MATCHES_SHOWN = 10

PLAYED_BY = """
select
    played.item_id,
    coalesce(max(played.item_name), max(items.item_name)),
    max(items.item_name),
    max(item_titles.title_id),
    max(items.series_name)
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

    Raises: SettingsError if there is none, with names that are similar, or the episodes if it is a series; or if there
    are several, with their ids.
    """
    users = connection.execute("select user_id, user_name from users order by user_name, user_id").fetchall()
    user_id, user_name = _one("user", "USER", user, [(id_, name, None, id_) for id_, name in users])
    items = connection.execute(PLAYED_BY, {"user_id": user_id}).fetchall()
    episodes = [item for item in items if title.casefold() == (item[4] or "").casefold()]
    if episodes and not _meant(title, items):
        raise SettingsError(f"{title} is a series: give one of its episodes as TITLE: {_listed(episodes)}.")
    item_id, item_name = _one("title", "TITLE", title, [item[:4] for item in items], user_name)
    return Chosen(user_id, item_id, None, f"{user_name}, {item_name}")


def _one(
    kind: str, setting: str, wanted: str, known: list[tuple[str, str | None, str | None, str]], of: str = ""
) -> tuple[str, str]:
    """Return id and name of the one that is meant, by id or name, of `known`: id, names, and what several may share."""
    found = _meant(wanted, known)
    if not found:
        played = f" that {of} played" if of else ""
        raise SettingsError(
            f"There is no {kind} {wanted}{played}{_similar(wanted, known)}: "
            f"look into {'user_item_stats' if of else 'users'}."
        )
    if len({row[3] for row in found}) > 1:
        raise SettingsError(f"{len(found)} are called {wanted}: give the id of one as {setting}: {_listed(found)}.")
    id_, name, *_ = found[0]
    return id_, name or id_


def _meant(wanted: str, known: Iterable[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Return the rows of this id or, if there is none, of this name."""
    rows, folded = list(known), wanted.casefold()
    return [row for row in rows if row[0] == wanted] or [
        row for row in rows if folded in {name.casefold() for name in row[1:3] if name}
    ]


def _similar(wanted: str, known: Iterable[tuple[Any, ...]]) -> str:
    """Return the names that are like the one that is not there, in parentheses; nothing if none is."""
    names = {name.casefold(): name for row in known for name in row[1:3] if name}
    folded = wanted.casefold()
    similar = [name for name in names if folded in name] or get_close_matches(folded, names, MATCHES_SHOWN)
    return f" (similar: {_shown([names[name] for name in similar])})" if similar else ""


def _listed(rows: list[tuple[Any, ...]]) -> str:
    return _shown([f"{id_} ({name})" for id_, name, *_ in rows])


def _shown(words: list[str]) -> str:
    more = f"; and {len(words) - MATCHES_SHOWN} more" if len(words) > MATCHES_SHOWN else ""
    return "; ".join(words[:MATCHES_SHOWN]) + more
