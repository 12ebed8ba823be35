"""The steps that load complete listings: genres, users and items. What a listing lacks was removed at its source."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from extract.errors import SettingsError
from extract.landing.merge import Counts
from extract.landing.raw_tables import ITEMS, NAME_HASHES, NAME_SPELLINGS, TMDB_GENRES, USERS, RawTable
from extract.progress import Progress
from extract.run.job import Job, PartlyLoadedError, StepSkippedError
from extract.sources import clock, emby_library, names, tmdb
from extract.sources.http import Client

Row = dict[str, Any]

# The server's clock and this machine's may differ, by a wrong zone at worst.
ITEMS_READ_AGAIN = timedelta(days=2)


def load_genres(job: Job, progress: Progress) -> Counts:
    """Load TMDB's genres. A list that lacks too much, or of which a row could not be used, deletes nothing.

    Raises: PartlyLoadedError, after the rest was loaded, if a list lacks more than the options allow.
    """
    settings = job.settings.tmdb()
    if settings is None:
        raise StepSkippedError(
            "TMDB_READ_ACCESS_TOKEN is not set: genres get ids made from their names, which no other TMDB user shares."
        )
    job.clients.append(tmdb.connect(settings, job.on_response))
    known, listed = job.warehouse.keys(TMDB_GENRES), set()

    def noted() -> Iterator[Row]:
        for row in tmdb.iter_genres(job.clients[-1], progress):
            listed.add((row["media_type"], row["genre_id"]))
            yield row

    read = job.warehouse.collect(TMDB_GENRES, noted()).read
    lacking = Counter(media_type for media_type, _ in known - listed)
    known_of = Counter(media_type for media_type, _ in known)
    doubtful = [
        media_type
        for media_type, count in lacking.items()
        if not job.options.max_removals.allows(count, known_of[media_type])
    ]
    is_whole = not doubtful and not progress.rejections
    counts = job.warehouse.load((TMDB_GENRES,), job.loaded_at, None if is_whole else ())[TMDB_GENRES.name]
    counts.read = read
    if doubtful:
        raise PartlyLoadedError(
            "; ".join(
                f"TMDB's {media_type} list lacks {lacking[media_type]:,} of {known_of[media_type]:,} known genres"
                for media_type in doubtful
            )
            + f", and at most {job.options.max_removals} may go at once: none was deleted. If they are gone for good, "
            "run it once with a larger --max-removals.",
            counts,
        )
    if not is_whole:
        counts.note = "no genre was deleted, because not all that came could be used"
    return counts


def load_users(job: Job, progress: Progress) -> Counts:
    """Load the server's users. A listing of which a row could not be used marks none removed."""
    read = job.warehouse.collect(USERS, emby_library.iter_users(job.emby(), job.options.page_size, progress)).read
    _reject_invalid_json(job, USERS, progress)
    # A listing of which a row could not be used is not complete.
    gone = () if progress.rejections else None
    counts = job.warehouse.load((USERS,), job.loaded_at, gone)[USERS.name]
    counts.read = read
    return counts


def load_items(job: Job, progress: Progress) -> Counts:
    """Load the library, or what changed in it, and the names of its genres and tags.

    Raises: PartlyLoadedError, after everything else was loaded, if the library lost more than the options allow;
    SettingsError, before any item is loaded, if it is another server's library.
    """
    client, page_size = job.emby(), job.options.page_size
    known_servers = job.warehouse.payload_values(ITEMS, "ServerId")
    # A server with another id may be the same one, moved; whether it is shows in its whole library.
    is_known_server = not known_servers or emby_library.server_id(client) in known_servers
    saved_since = _changes_since(job, client) if is_known_server else None
    known = job.warehouse.present_ids(ITEMS)
    seen: set[str] = set()
    gone: set[str] = set()
    spellings: set[str] = set()

    def changed_and_doubtful() -> Iterator[Row]:
        yield from emby_library.iter_items(client, page_size, progress, saved_since)
        listed = seen if saved_since is None else set(emby_library.iter_item_ids(client, page_size, progress))
        # A listing that moves while it is read can miss an item. The server is asked for what it lacks, and for what
        # it has that is not known.
        missing = known - listed - seen
        yield from emby_library.iter_items_by_id(client, sorted(missing | (listed - known - seen)))
        gone.update(missing - seen)

    def noted(rows: Iterable[Row]) -> Iterator[Row]:
        for row in rows:
            seen.add(row["item_id"])
            spellings.update(names.names_in(json.loads(row["payload"])))
            yield row

    read = job.warehouse.collect(ITEMS, noted(changed_and_doubtful())).read
    _reject_invalid_json(job, ITEMS, progress)
    if not is_known_server:
        _refuse_another_library(job)
    job.warehouse.collect(NAME_HASHES, names.iter_hashes(spellings))
    job.warehouse.collect(NAME_SPELLINGS, names.iter_spellings(spellings))
    believed = job.options.max_removals.allows(len(gone), len(known))
    tables = (ITEMS, NAME_HASHES, NAME_SPELLINGS)
    counts = job.warehouse.load(tables, job.loaded_at, gone if believed else ())[ITEMS.name]
    counts.read = read
    if not believed:
        raise PartlyLoadedError(
            f"the server no longer has {len(gone):,} of {len(known):,} items, and at most "
            f"{job.options.max_removals} may go at once: none was marked removed. Is a disk of the server not "
            "mounted? If they are gone for good, run it once with a larger --max-removals.",
            counts,
        )
    return counts


def _changes_since(job: Job, client: Client) -> datetime | None:
    """Return from when on the server has to be asked what was saved; None where its whole library has to be read."""
    last_read = None if job.options.full_refresh else job.warehouse.last_success_of("items", job.loaded_at)
    # The first run of a month reads all. After a server was restored from a backup, its items were saved before our
    # last run, and whoever asks for changes since then would miss them.
    if last_read is None or last_read[:7] != job.loaded_at[:7] or not emby_library.honours_saved_since(client):
        return None
    return datetime.strptime(last_read, clock.TIME_FORMAT).replace(tzinfo=UTC) - ITEMS_READ_AGAIN


def _refuse_another_library(job: Job) -> None:
    """Raise SettingsError, which ends the run, if the collected items are others than those known by the same ids.

    Items are numbered, from 1 on each server: those of another one would replace what is known of other films, and
    events would be taken for events of those.
    """
    shared, renamed = job.warehouse.count_renamed(ITEMS)
    if renamed * 2 > shared:
        raise SettingsError(
            f"Another server than the archived one answers at EMBY_BASE_URL: of {shared:,} items whose ids are known, "
            f"{renamed:,} have other names. None of them was loaded. Put the right address into the settings. If the "
            "server was set up anew, begin a new archive for it: put another path into WAREHOUSE_PATH."
        )


def _reject_invalid_json(job: Job, table: RawTable, progress: Progress) -> None:
    """Reject the collected rows whose JSON the models could not read."""
    for id_ in job.warehouse.take_out_invalid_json(table, "payload"):
        progress.reject(f"{id_!r:.40}: its JSON is nested too deep, or otherwise none that the database can read")
