"""The simulated people and what they played: deterministic, with the irregularities of real servers."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from extract.demo.library import SERVER_ID, TICKS_PER_MINUTE, Payload, iter_library
from extract.demo.titles import MOVIE_GENRES, TV_GENRES

HOME = ZoneInfo("Australia/Melbourne")
# The server's clock stood on Pacific time until somebody noticed.
WRONG_CLOCK = timezone(timedelta(hours=-7))
CLOCK_CORRECTED_AT = datetime(2025, 8, 15, 18, 10, tzinfo=UTC)

REASONS = {
    "Emby Theater": "AudioCodecNotSupported",
    "Emby Web": "VideoCodecNotSupported,AudioCodecNotSupported",
    "Emby for Android": "ContainerBitrateExceedsLimit",
}

# Days are made from here on, whatever is served: a day that was made once is made the same for ever.
FIRST_DAY = date(2025, 5, 1)
SERVED_DAYS = 240


@dataclass(frozen=True)
class Play:
    """A row of the plugin's table. `played_at`: the server's wall time, with seven fractional digits."""

    played_at: str
    user_id: str
    item_id: str
    item_type: str
    item_name: str
    playback_method: str | None
    client_name: str
    device_name: str
    play_seconds: int
    pause_seconds: int | None
    remote_address: str
    transcode_reasons: str = ""


@dataclass
class Household:
    """The data that the simulated servers serve."""

    items: list[Payload] = field(default_factory=list)
    users: list[Payload] = field(default_factory=list)
    plays: list[Play] = field(default_factory=list)
    # When items were last changed, `YYYY-MM-DDTHH:MM:SSZ`; those that are not listed were long ago.
    saved_at: dict[str, str] = field(default_factory=dict)
    movie_genres: dict[int, str] = field(default_factory=lambda: dict(MOVIE_GENRES))
    tv_genres: dict[int, str] = field(default_factory=lambda: dict(TV_GENRES))
    server_id: str = SERVER_ID
    # What the server's clock shows now.
    zone: tzinfo = HOME


@dataclass(frozen=True)
class Person:
    """A simulated person: the likelihood to watch on an evening, the average hour, the player and its address."""

    name: str
    user_id: str
    likelihood: float
    hour: float
    client: str
    device: str
    address: str
    is_hidden: bool = False
    is_listed: bool = True


PEOPLE = (
    Person("lillian", "a1" * 16, 0.55, 20.5, "Emby Theater", "Living room", "192.168.1.20"),
    Person("buster", "b2" * 16, 0.45, 19.0, "Emby for Android", "Buster's phone", "192.168.1.31"),
    Person("mabel", "c3" * 16, 0.35, 22.0, "Emby Web", "Firefox", "203.0.113.7"),
    Person("harold", "d4" * 16, 0.25, 17.5, "Emby Theater", "Living room", "192.168.1.20", is_hidden=True),
    # The account is gone; the plugin still has what it played.
    Person("roscoe", "e5" * 16, 0.15, 21.0, "Emby Web", "Chrome", "198.51.100.4", is_listed=False),
)


def make_household(now: datetime) -> Household:
    """Return the household as its servers would show it at an instant. The same instant gives the same household."""
    library = list(iter_library())
    plays = [play for play in _plays(library, now) if play.played_at >= _server_wall_text(now, -SERVED_DAYS)]
    return Household(
        items=[item for item in library if item["Name"] != "Detour"],  # watched once, then deleted
        users=[_user(person) for person in PEOPLE if person.is_listed],
        plays=plays,
    )


def _user(person: Person) -> Payload:
    return {
        "Name": person.name,
        "ServerId": SERVER_ID,
        "Id": person.user_id,
        "HasPassword": True,
        "Policy": {
            "IsAdministrator": person.name == "lillian",
            "IsHidden": person.is_hidden,
            "IsDisabled": False,
        },
    }


def _plays(library: list[Payload], now: datetime) -> Iterator[Play]:
    """Yield everything that everybody has played until now."""
    for person in PEOPLE:
        films = [item for item in library if item["Type"] == "Movie"]
        shows = [
            [item for item in library if item.get("SeriesId") == series["Id"]]
            for series in library
            if series["Type"] == "Series"
        ]
        progress = [0] * len(shows)
        unfinished: Payload | None = None
        for day in range((now.date() - FIRST_DAY).days + 2):
            today = FIRST_DAY + timedelta(days=day)
            dice = random.Random(f"{person.name} {today}")
            if dice.random() > person.likelihood:
                continue
            at = datetime.combine(today, time(), HOME).astimezone(UTC)
            at += timedelta(hours=person.hour) + timedelta(seconds=dice.gauss(0, 2400))
            for _ in range(dice.choice((1, 1, 2, 3))):
                if unfinished is not None:
                    item, share, unfinished = unfinished, 0.6, None
                elif dice.random() < 0.6:
                    number = dice.randrange(len(shows))
                    item = shows[number][progress[number] % len(shows[number])]
                    progress[number] += 1
                    share = dice.choice((1.0, 1.0, 1.0, 0.97, 0.3))
                else:
                    item = dice.choice(films)
                    share = dice.choice((1.0, 0.98, 0.95, 0.5, 0.1, 0.005))
                    unfinished = item if share == 0.5 else None
                seconds = int(item.get("RunTimeTicks", 8 * TICKS_PER_MINUTE) / 10_000_000 * share)
                for play in _sitting(dice, person, item, at, seconds):
                    if play.play_seconds < 0 or at + timedelta(seconds=play.play_seconds) < now:
                        yield play
                at += timedelta(seconds=seconds + dice.randrange(60, 1800))


def _sitting(dice: random.Random, person: Person, item: Payload, at: datetime, seconds: int) -> Iterator[Play]:
    """Yield the rows that one sitting leaves behind in the plugin: often one, sometimes several."""
    chance = dice.random()
    if chance < 0.25:  # a break: the player was stopped, and started again
        first = int(seconds * dice.uniform(0.3, 0.7))
        yield _play(person, item, at, first, 0)
        back = at + timedelta(seconds=first + dice.choice((45, 300, 900, 901, 2400)))
        yield _play(person, item, back, seconds - first, 0)
    elif chance < 0.35:  # the play method changed within the second
        yield _play(person, item, at, 1, 0)
        yield _play(person, item, at, seconds, dice.randrange(0, 200), method="Transcode")
    elif chance < 0.40:  # a second screen, for a moment, inside the long play
        yield _play(person, item, at, seconds, 0)
        yield _play(person, item, at + timedelta(seconds=40), 5, 0)
    elif chance < 0.42:  # the clock was set back while it ran
        yield _play(person, item, at, -17, 0)
    elif chance < 0.44:  # a row from before the plugin knew of pauses
        yield _play(person, item, at, seconds, None)
    elif chance < 0.46:  # only just begun, in the last second of the day
        midnight = datetime.combine(at.astimezone(HOME).date() + timedelta(days=1), time(), HOME)
        yield _play(person, item, midnight.astimezone(UTC) - timedelta(milliseconds=400), 0, 0)
    else:
        yield _play(person, item, at, seconds, dice.choice((0, 0, 60, 600)))
    if chance > 0.97:
        trailer = item | {"Id": f"9{item['Id']}", "Type": "Trailer"}
        trailer.pop("SeriesName", None)
        yield _play(person, trailer, at - timedelta(seconds=150), 95, 0)


def _play(
    person: Person, item: Payload, at: datetime, watched: int, paused: int | None, method: str = "DirectPlay"
) -> Play:
    name = item["Name"]
    if "SeriesName" in item:
        name = f"{item['SeriesName']} - s{item['ParentIndexNumber']:02}e{item['IndexNumber']:02} - {name}"
    return Play(
        played_at=_server_wall_text(at),
        user_id=person.user_id,
        item_id=item["Id"],
        item_type=item["Type"],
        item_name=name,
        playback_method=method,
        client_name=person.client,
        device_name=person.device,
        play_seconds=watched + (paused or 0),
        pause_seconds=paused,
        remote_address=person.address,
        transcode_reasons=REASONS[person.client] if method == "Transcode" else "",
    )


def _server_wall_text(at: datetime, days: int = 0) -> str:
    zone = WRONG_CLOCK if at < CLOCK_CORRECTED_AT else HOME
    return (at.astimezone(zone) + timedelta(days=days)).strftime("%Y-%m-%d %H:%M:%S.%f0")
