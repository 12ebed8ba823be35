"""Films and series in the public domain, and TMDB's genres."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Film:
    """A film: title, year, length in minutes, genres as Emby spells them, IMDb id, tags."""

    title: str
    year: int
    minutes: int
    genres: tuple[str, ...]
    imdb_id: str
    tags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Show:
    """A series of one season; every episode is about as long."""

    title: str
    year: int
    minutes: int
    genres: tuple[str, ...]
    episodes: tuple[str, ...]


FILMS = (
    Film("A Trip to the Moon", 1902, 13, ("Adventure", "Science Fiction"), "tt0000417", ("silent", "short")),
    Film("Battleship Potemkin", 1925, 75, ("Drama", "History"), "tt0015648", ("silent",)),
    Film("Carnival of Souls", 1962, 78, ("Horror", "Mystery"), "tt0055830"),
    Film("Charade", 1963, 113, ("Comedy", "Mystery", "Romance"), "tt0056923", ("date night",)),
    Film("D.O.A.", 1949, 83, ("Crime", "Thriller"), "tt0042369", ("film noir",)),
    Film("Detour", 1945, 68, ("Crime", "Drama"), "tt0037638", ("film noir",)),
    Film("Gulliver's Travels", 1939, 76, ("Animation", "Family"), "tt0031397"),
    Film("His Girl Friday", 1940, 92, ("Comedy", "Romance"), "tt0032599", ("date night",)),
    Film("House on Haunted Hill", 1959, 75, ("Horror", "Mystery"), "tt0051744"),
    Film("Häxan", 1922, 106, ("Documentary", "Horror"), "tt0013257", ("silent", "Svensk Ångest")),
    Film("Metropolis", 1927, 149, ("Drama", "Science Fiction"), "tt0017136", ("silent",)),
    Film("My Man Godfrey", 1936, 94, ("Comedy", "Romance"), "tt0028010"),
    Film("Night of the Living Dead", 1968, 96, ("Horror", "Thriller"), "tt0063350"),
    Film("Nosferatu", 1922, 94, ("Horror", "Fantasy"), "tt0013442", ("silent",)),
    Film("Plan 9 from Outer Space", 1957, 79, ("Horror", "Science Fiction"), "tt0052077", ("so bad it is good",)),
    Film("Safety Last!", 1923, 74, ("Comedy", "Slapstick"), "tt0014429", ("silent",)),
    Film("Scarlet Street", 1945, 102, ("Crime", "Drama"), "tt0038057", ("film noir",)),
    Film("Sherlock Jr.", 1924, 45, ("Comedy", "Slapstick"), "tt0015324", ("silent", "short")),
    Film("The Cabinet of Dr. Caligari", 1920, 77, ("Horror", "Thriller"), "tt0010323", ("silent",)),
    Film("The General", 1926, 79, ("Action", "Comedy", "War"), "tt0017925", ("silent",)),
    Film("The Gold Rush", 1925, 95, ("Adventure", "Comedy"), "tt0015864", ("silent",)),
    Film("The Last Man on Earth", 1964, 86, ("Horror", "Science Fiction"), "tt0058700"),
    Film("The Little Shop of Horrors", 1960, 72, ("Comedy", "Horror"), "tt0054033"),
    Film("The Phantom of the Opera", 1925, 93, ("Horror", "Music"), "tt0016220", ("silent",)),
    Film("The Stranger", 1946, 95, ("Crime", "Thriller"), "tt0038991", ("film noir",)),
)

SHOWS = (
    Show(
        "Superman",
        1941,
        9,
        ("Animation", "Action & Adventure"),
        (
            "The Mad Scientist",
            "The Mechanical Monsters",
            "Billion Dollar Limited",
            "The Arctic Giant",
            "The Bulleteers",
            "The Magnetic Telescope",
            "Electric Earthquake",
            "Volcano",
            "Terror on the Midway",
        ),
    ),
    Show(
        "The Beverly Hillbillies",
        1962,
        26,
        ("Comedy", "Family"),
        (
            "The Clampetts Strike Oil",
            "Getting Settled",
            "Meanwhile, Back at the Cabin",
            "The Clampetts Meet Mrs. Drysdale",
            "Jed Buys Stock",
            "Trick or Treat",
            "The Servants",
            "Jethro Goes to School",
            "Elly's First Date",
            "Pygmalion and Elly",
        ),
    ),
    Show(
        "Sherlock Holmes",
        1954,
        27,
        ("Crime", "Mystery"),
        (
            "The Case of the Cunningham Heritage",
            "The Case of Lady Beryl",
            "The Case of the Pennsylvania Gun",
            "The Case of the Texas Cowgirl",
            "The Case of the Belligerent Ghost",
            "The Case of the Shy Ballerina",
            "The Case of the Winthrop Legend",
            "The Case of Blind Man's Bluff",
        ),
    ),
    Show(
        "Flash Gordon Conquers the Universe",
        1940,
        20,
        ("Sci-Fi & Fantasy", "Serial"),
        (
            "The Purple Death",
            "Freezing Torture",
            "Walking Bombs",
            "The Destroying Ray",
            "The Palace of Terror",
            "Flaming Death",
            "The Land of the Dead",
            "The Fiery Abyss",
            "The Pool of Peril",
            "The Death Mist",
            "Stark Treachery",
            "Doom of the Dictator",
        ),
    ),
)

MOVIE_GENRES = {
    28: "Action",
    12: "Adventure",
    16: "Animation",
    35: "Comedy",
    80: "Crime",
    99: "Documentary",
    18: "Drama",
    10751: "Family",
    14: "Fantasy",
    36: "History",
    27: "Horror",
    10402: "Music",
    9648: "Mystery",
    10749: "Romance",
    878: "Science Fiction",
    10770: "TV Movie",
    53: "Thriller",
    10752: "War",
    37: "Western",
}

TV_GENRES = {
    10759: "Action & Adventure",
    16: "Animation",
    35: "Comedy",
    80: "Crime",
    99: "Documentary",
    18: "Drama",
    10751: "Family",
    10762: "Kids",
    9648: "Mystery",
    10763: "News",
    10764: "Reality",
    10765: "Sci-Fi & Fantasy",
    10766: "Soap",
    10767: "Talk",
    10768: "War & Politics",
    37: "Western",
}
