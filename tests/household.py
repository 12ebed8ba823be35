"""A household small enough to work out by hand. Its marts are in `expected/`, one file each."""

from extract.demo.household import Household
from tests.servers import movie, play, user

ANN, BOB, GONE = "a" * 32, "b" * 32, "c" * 32

STREAMS = [
    {"Type": "EmbeddedImage", "Codec": "mjpeg", "Width": 600, "Height": 900},
    {"Type": "Video", "Codec": "h264", "Width": 1440, "Height": 1080},
]

DETOUR = movie(
    "1",
    "Detour",
    RunTimeTicks=36_000_000_000,
    DateCreated="2025-01-02T03:04:05.9999999Z",
    PremiereDate="1945-11-30T00:00:00.0000000Z",
    ProductionYear=1945,
    CommunityRating=7.25,
    OfficialRating="NR",
    Overview="A hitch-hiker's luck runs out.",
    Path="/media/Detour.mkv",
    Container="mkv",
    ProviderIds={"IMDB": "tt0037638", "Imdb": "", "Tmdb": "20367", "Tvdb": ""},
    Genres=["crime", "Thriller"],
    GenreItems=[{"Name": "Crime", "Id": 1}, {"Name": "Ångest", "Id": 2}],
    TagItems=[{"Name": "Noir", "Id": 31}],
    MediaStreams=STREAMS,
)
NOT_ANALYSED = movie("2", "Charade", RunTimeTicks=0, DateCreated="2025-01-03T00:00:00+00:00", Width=640, Height=480)
SOON_REMOVED = movie("9", "Scarlet Street", RunTimeTicks=1_000_000_000, Genres=["Drama"])
SUPERMAN = movie("10", "Superman", Type="Series", Genres=["Animation", "Comedy"])
VOLCANO = movie(
    "11",
    "Volcano",
    Type="Episode",
    SeriesId="10",
    SeriesName="Superman",
    ParentIndexNumber=1,
    IndexNumber=8,
    RunTimeTicks=5_000_000_000,
)
SHOWDOWN = movie("12", "Showdown", Type="Episode", SeriesId="10", Genres=["Family"])
for unknown in ("SeriesName", "RunTimeTicks"):
    SHOWDOWN.pop(unknown, None)

PLAYS = [
    # On the wrong clock, 03:00 was 20:00 in Melbourne. 450 of 500 seconds complete it.
    play("2025-08-10 03:00:00", ANN, "11", 450, item_type="Episode"),
    # Two evenings, 3,240 of 3,600 seconds together; then once more, with a break of 15 minutes to the second.
    play("2025-09-01 20:00:00", ANN, "1", 2000),
    play("2025-09-02 20:00:00", ANN, "1", 1240, pause=300),
    play("2025-09-10 20:00:00", ANN, "1", 1800),
    play("2025-09-10 20:45:00", ANN, "1", 1800),
    # A short play inside a long one, and one that begins a second beyond the gap. The runtime is not known.
    play("2025-09-03 20:00:00", BOB, "2", 1790),
    play("2025-09-03 20:01:00", BOB, "2", 5),
    play("2025-09-03 20:44:51", BOB, "2", 59),
    # Within one second, the longer counts; in the night in which the clocks went forward.
    play("2025-10-05 02:30:00", BOB, "12", 30, item_type="Episode"),
    play("2025-10-05 02:30:00.5000000", BOB, "12", 60, item_type="Episode"),
    # A deleted account and a film that is removed before the second run.
    play("2025-09-04 20:00:00", GONE, "9", 90),
    # Neither film nor episode.
    play("2025-09-05 20:00:00", BOB, "77", 95, item_type="Trailer", item_name="Coming soon"),
    # Unusable.
    play("2025-09-06 20:00:00", BOB, "1", 100, pause=None),
    play("2025-09-07 20:00:00", BOB, "1", -17),
]

USERS = [user(ANN, "ann"), user(BOB, "bob", is_hidden=True)]
BEFORE = Household(items=[DETOUR, NOT_ANALYSED, SOON_REMOVED, SUPERMAN, VOLCANO, SHOWDOWN], users=USERS, plays=PLAYS)
AFTER = Household(items=[DETOUR, NOT_ANALYSED, SUPERMAN, VOLCANO, SHOWDOWN], users=USERS, plays=PLAYS)
