"""The films and series of the household, as Emby describes them, with the irregularities of real libraries."""

import zlib
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from extract.demo.titles import FILMS, SHOWS, Film, Show

Payload = dict[str, Any]

TICKS_PER_MINUTE = 600_000_000
SERVER_ID = "d3d0c0ffee0000000000000000000001"


def iter_library() -> Iterator[Payload]:
    """Yield every film, and every series followed by its episodes: BaseItemDtos with all their fields."""
    for number, film in enumerate(FILMS):
        yield _film(str(1001 + number), film, number)
    for number, show in enumerate(SHOWS):
        yield from _show(str(2000 + 100 * number), show)


def _film(item_id: str, film: Film, number: int) -> Payload:
    item = _item(item_id, film.title, "Movie", date(film.year, 6, 1), number)
    item |= {
        "RunTimeTicks": film.minutes * TICKS_PER_MINUTE,
        "MediaType": "Video",
        "Path": f"/media/films/{film.title} ({film.year})/{film.title}.mkv",
        "Container": "mkv",
        "Overview": f"{film.title}, {film.year}. In the public domain.",
        "OfficialRating": "NR",
        "CommunityRating": 6.0 + number % 25 / 10,
        # The case of a key is a matter of luck on real servers.
        "ProviderIds": {"IMDB" if number % 4 == 0 else "Imdb": film.imdb_id, "Tmdb": "" if number % 5 == 0 else "1"},
        "Genres": list(film.genres),
        "GenreItems": _named(film.genres),
        "TagItems": _named(film.tags),
        "Width": 1440,
        "Height": 1080,
        "MediaStreams": _streams(),
    }
    if film.title == "A Trip to the Moon":
        del item["RunTimeTicks"]  # not analysed yet
    return item


def _show(series_id: str, show: Show) -> Iterator[Payload]:
    series = _item(series_id, show.title, "Series", date(show.year, 1, 7), int(series_id))
    series |= {
        "IsFolder": True,
        "Path": f"/media/series/{show.title}",
        "Genres": list(show.genres),
        "GenreItems": _named(show.genres),
        "TagItems": [],
        "ProviderIds": {"Tvdb": str(70_000 + int(series_id))},
    }
    yield series
    for number, title in enumerate(show.episodes, start=1):
        aired = date(show.year, 1, 7) + timedelta(weeks=number)
        episode = _item(str(int(series_id) + number), title, "Episode", aired, int(series_id) + number)
        episode |= {
            "RunTimeTicks": show.minutes * TICKS_PER_MINUTE + 7_654_321,
            "MediaType": "Video",
            "IndexNumber": number,
            "ParentIndexNumber": 1,
            "SeriesId": series_id,
            "SeriesName": show.title,
            "SeasonId": str(int(series_id) + 90),
            "SeasonName": "Season 1",
            "Path": f"/media/series/{show.title}/Season 1/{number:02}.mkv",
            "Container": "mkv",
            "Overview": f"Episode {number} of {show.title}.",
            "ProviderIds": {"Tvdb": str(700_000 + int(series_id) + number)},
            "Genres": [],
            "GenreItems": [],
            "TagItems": [],
            "Width": 640,
            "Height": 480,
            "MediaStreams": _streams(),
        }
        if number == len(show.episodes):
            del episode["RunTimeTicks"]
        yield episode


def _item(item_id: str, name: str, item_type: str, premiere: date, number: int) -> Payload:
    endings = (".0000000Z", ".0000000+00:00", ".1234567Z", "")
    return {
        "Name": name,
        "ServerId": SERVER_ID,
        "Id": item_id,
        "Type": item_type,
        "IsFolder": False,
        "ParentId": "3",
        "SortName": name.lower().removeprefix("the "),
        "ProductionYear": premiere.year,
        "PremiereDate": f"{premiere}T00:00:00.0000000Z",
        "DateCreated": f"2025-04-{number % 28 + 1:02}T08:{number % 60:02}:00{endings[number % 4]}",
        "ImageTags": {},
        "BackdropImageTags": [],
    }


def _named(names: tuple[str, ...]) -> list[Payload]:
    return [{"Name": name, "Id": zlib.crc32(name.encode()) % 100_000} for name in names]


def _streams() -> list[Payload]:
    return [
        {"Type": "EmbeddedImage", "Codec": "mjpeg", "Width": 600, "Height": 882, "Index": 0},
        {"Type": "Video", "Codec": "h264", "Width": 1436, "Height": 1080, "Index": 1},
        {"Type": "Audio", "Codec": "ac3", "Index": 2},
    ]
