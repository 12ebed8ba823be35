"""Genres of The Movie Database (TMDB)."""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from extract.errors import ApiError
from extract.progress import Progress
from extract.settings import TmdbSettings
from extract.sources.http import Client, HeaderAuth, OnResponse, ignore
from extract.sources.json_answer import as_text, describe

MEDIA_TYPES = ("movie", "tv")
LARGEST_ID = 2**63


def connect(settings: TmdbSettings, on_response: OnResponse = ignore) -> Client:
    """Return a client for TMDB. Nothing is sent yet. `on_response` is called with every answer."""
    return Client(
        "TMDB",
        settings.base_url,
        HeaderAuth("Authorization", f"Bearer {settings.read_access_token}"),
        explain=_explain,
        on_response=on_response,
    )


def iter_genres(client: Client, progress: Progress) -> Iterator[dict[str, Any]]:
    """Yield the genres of films and of series.

    Shape: `media_type` (`movie` or `tv`), `genre_id`, `genre_name`. Eight ids are in both lists.
    Raises: ApiError if TMDB answers out of contract, or with an empty list.
    Source: TMDB, GET /genre/movie/list and /genre/tv/list.
    """
    for done, media_type in enumerate(MEDIA_TYPES, start=1):
        path = f"/genre/{media_type}/list"
        answer = client.get_json(path, {"language": "en"})
        genres = answer.get("genres") if isinstance(answer, dict) else None
        if not isinstance(genres, list) or not genres:
            raise ApiError(
                f'TMDB: GET {path}: an object with a list of "genres" was expected, and something else came. '
                "Does TMDB_BASE_URL lead to TMDB's API, version 3?"
            )
        for genre in genres:
            genre_id, name = (genre.get("id"), genre.get("name")) if isinstance(genre, dict) else (None, None)
            # True is a number to Python, and SQLite's end at 64 bits.
            is_id = isinstance(genre_id, int) and genre_id is not True and abs(genre_id) < LARGEST_ID
            if not is_id or not isinstance(name, str) or not name:
                progress.reject(f"{path} lists a genre without id or name: {describe(genre)}")
                continue
            yield {
                "media_type": media_type,
                "genre_id": genre_id,
                "genre_name": as_text(name),
            }
        progress.advance(done, len(MEDIA_TYPES), "lists")


def _explain(status: int, path: str) -> str | None:
    del path
    if status == HTTPStatus.NOT_FOUND:
        return "TMDB_BASE_URL leads to no API of TMDB, version 3: leave it out, and the right one is used."
    if status == HTTPStatus.UNAUTHORIZED:
        return (
            'TMDB_READ_ACCESS_TOKEN is wrong. It is the long "API Read Access Token" under '
            'Settings > API on themoviedb.org, not the short "API Key".'
        )
    return None
