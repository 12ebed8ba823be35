"""Long histories, the same every time, and clustered as people watch: evenings, series in order, sittings in pieces.

In published histories of six households (86,925 plays of 19 people) a person has 4,600 plays, a session 1.09 of them,
and a person and item 1.9 sessions. These have about as many.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import islice

from extract.demo.household import Household, Play
from extract.demo.library import SERVER_ID, Payload

EVENTS_PER_USER = 5_000
FILM_COUNT = 2_000
SHOW_COUNT = 300
EPISODES_PER_SHOW = 59
TICKS_PER_SECOND = 10_000_000
# The history ends here, however long it is.
LAST_DAY = date(2025, 12, 31)
# About what `_day` leaves behind.
EVENTS_PER_USER_AND_DAY = 1.4
SHOWS_AT_A_TIME = 8
NIGHT_EVENTS = 1_000
GENRES = ("Action", "Comedy", "Crime", "Drama", "Mystery", "Reality", "Western", "Noir", "Weird")
CLIENTS = (("Emby Theater", "Living room"), ("Emby for Android", "Phone"), ("Emby Web", "Firefox"))


@dataclass
class _Viewer:
    user_id: str
    address: str
    likelihood: float
    hour: float
    shows: list[int]
    next_episode: dict[int, int] = field(default_factory=dict)
    unfinished: Payload | None = None


def make_households(event_count: int) -> tuple[Household, Household]:
    """Return a household with so many events, and the same one a night and `NIGHT_EVENTS` events later."""
    library = [*_films(), *_episodes_and_series()]
    dice = random.Random(event_count)
    viewers = [_viewer(number, dice) for number in range(max(1, event_count // EVENTS_PER_USER))]
    days = event_count / (len(viewers) * EVENTS_PER_USER_AND_DAY)
    events = _events(viewers, library, LAST_DAY - timedelta(days=days), dice)
    history = list(islice(events, event_count))
    night = list(islice(events, NIGHT_EVENTS))
    users = [
        {"Id": viewer.user_id, "Name": f"viewer {number}", "Policy": {"IsHidden": False}}
        for number, viewer in enumerate(viewers)
    ]
    return Household(library, users, history), Household(library, users, history + night)


def _films() -> Iterator[Payload]:
    for number in range(FILM_COUNT):
        yield _item(str(100_000 + number), f"Film {number}", "Movie", 4_500 + number % 60 * 60, number)


def _episodes_and_series() -> Iterator[Payload]:
    for show in range(SHOW_COUNT):
        series_id = str(200_000 + show * 100)
        yield _item(series_id, f"Show {show}", "Series", 0, show)
        for number in range(1, EPISODES_PER_SHOW + 1):
            episode = _item(
                str(int(series_id) + number), f"Episode {number}", "Episode", 1_200 + show % 3 * 700, number
            )
            yield episode | {
                "SeriesId": series_id,
                "SeriesName": f"Show {show}",
                "ParentIndexNumber": 1 + number // 12,
                "IndexNumber": 1 + number % 12,
                "Genres": [],
                "GenreItems": [],
            }


def _item(item_id: str, name: str, item_type: str, seconds: int, number: int) -> Payload:
    genres = [GENRES[number % len(GENRES)], GENRES[number // 7 % len(GENRES)]]
    return {
        "Name": name,
        "ServerId": SERVER_ID,
        "Id": item_id,
        "Type": item_type,
        "SortName": name.lower(),
        "ParentId": "3",
        "RunTimeTicks": seconds * TICKS_PER_SECOND,
        "DateCreated": f"2020-04-{number % 28 + 1:02}T08:{number % 60:02}:00.0000000Z",
        "PremiereDate": f"{1930 + number % 80}-01-07T00:00:00.0000000Z",
        "ProductionYear": 1930 + number % 80,
        "CommunityRating": 6.0 + number % 25 / 10,
        "OfficialRating": "NR",
        "Overview": f"{name}, of which somebody once wrote a line or two, as long as such lines are. " * 3,
        "Path": f"/media/{item_type}/{name}/{item_id}.mkv",
        "Container": "mkv",
        "ProviderIds": {"Imdb": f"tt{item_id}", "Tmdb": item_id},
        "Genres": genres,
        "GenreItems": [{"Name": genre, "Id": GENRES.index(genre)} for genre in genres],
        "TagItems": [{"Name": "Watchlist", "Id": 7}] if number % 10 == 0 else [],
        "Width": 1920,
        "Height": 1080,
        "MediaStreams": [
            {"Type": "Video", "Codec": "h264", "Width": 1920, "Height": 1080, "Index": 0},
            {"Type": "Audio", "Codec": "ac3", "Index": 1},
        ],
    }


def _viewer(number: int, dice: random.Random) -> _Viewer:
    return _Viewer(
        user_id=f"{dice.getrandbits(128):032x}",
        address=f"192.168.1.{number % 250}",
        likelihood=dice.uniform(0.2, 0.8),
        hour=dice.uniform(16, 22),
        shows=dice.sample(range(SHOW_COUNT), SHOW_COUNT),
    )


def _events(viewers: list[_Viewer], library: list[Payload], first_day: date, dice: random.Random) -> Iterator[Play]:
    """Yield what everybody plays from a day on, for ever, day by day."""
    films = library[:FILM_COUNT]
    shows = [
        library[start + 1 : start + 1 + EPISODES_PER_SHOW]
        for start in range(FILM_COUNT, len(library), EPISODES_PER_SHOW + 1)
    ]
    day = first_day
    while True:
        today = [play for viewer in viewers for play in _day(viewer, films, shows, day, dice)]
        yield from sorted(today, key=lambda play: play.played_at)
        day += timedelta(days=1)


def _day(
    viewer: _Viewer, films: list[Payload], shows: list[list[Payload]], day: date, dice: random.Random
) -> Iterator[Play]:
    if dice.random() > viewer.likelihood:
        return
    at = datetime.combine(day, time()) + timedelta(hours=viewer.hour, seconds=dice.gauss(0, 2400))
    for _ in range(dice.choice((1, 2, 3, 4))):
        if viewer.unfinished is not None:
            item, share, viewer.unfinished = viewer.unfinished, 0.6, None
        elif dice.random() < 0.75:
            show = dice.choice(viewer.shows[:SHOWS_AT_A_TIME])
            number = viewer.next_episode.get(show, 0)
            item, share = shows[show][number], dice.choice((1.0, 1.0, 1.0, 0.96, 0.2))
            # What was broken off is often seen again.
            number += 0 if share == 0.2 and dice.random() < 0.8 else 1
            viewer.next_episode[show] = number % EPISODES_PER_SHOW
            if number == EPISODES_PER_SHOW and dice.random() < 0.6:
                viewer.shows.append(viewer.shows.pop(viewer.shows.index(show)))
        else:
            # Some films are seen by everybody.
            item = films[int(len(films) * dice.random() ** 3)]
            share = dice.choice((1.0, 0.97, 0.93, 0.5, 0.1, 0.005))
            viewer.unfinished = item if share == 0.5 else None
        seconds = int(item["RunTimeTicks"] // TICKS_PER_SECOND * share)
        yield from _sitting(viewer, item, at, seconds, dice)
        at += timedelta(seconds=seconds + dice.randrange(60, 2400))


def _sitting(viewer: _Viewer, item: Payload, at: datetime, seconds: int, dice: random.Random) -> Iterator[Play]:
    """Yield the rows one sitting leaves: mostly one or two, with short breaks, and sometimes a longer one, between."""
    client, device = dice.choice(CLIENTS)
    pieces = dice.choice((*(1,) * 28, 2, 4))
    for _ in range(pieces):
        piece = seconds // pieces
        pause = dice.choice((0, 0, 0, 60, 300))
        yield Play(
            played_at=f"{at:%Y-%m-%d %H:%M:%S}.{dice.randrange(10**7):07}",
            user_id=viewer.user_id,
            item_id=item["Id"],
            item_type=item["Type"],
            item_name=f"{item['SeriesName']} - {item['Name']}" if "SeriesName" in item else item["Name"],
            playback_method=dice.choice(("DirectPlay", "Transcode")),
            client_name=client,
            device_name=device,
            play_seconds=-3 if dice.random() < 0.002 else piece + pause,
            pause_seconds=pause,
            remote_address=viewer.address,
        )
        at += timedelta(seconds=piece + pause + dice.choice((0, 5, 45, 300, 899, 2400)))
