"""Rows that no server and no other program should have written."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from extract.landing.raw_tables import WATCH_EVENTS
from extract.landing.warehouse import Row

FIELDS = (
    "Name",
    "SeriesName",
    "SeriesId",
    "OfficialRating",
    "Overview",
    "Path",
    "Container",
    "ParentIndexNumber",
    "IndexNumber",
    "IndexNumberEnd",
    "RunTimeTicks",
    "ProductionYear",
    "CommunityRating",
    "Width",
    "Height",
    "PremiereDate",
    "DateCreated",
)
# As JSON, because Python would mend some of it.
VALUES = (
    "null",
    "true",
    "0",
    "-5",
    "7",
    "7.25",
    "-7.75",
    "5.0",
    "9000000000",
    '""',
    '" "',
    '"12"',
    '"-12"',
    '"12.5"',
    '"007"',
    '"+7"',
    '"12abc"',
    '"not a {} [] number"',
    '"it\'s \\"quoted\\" % | _ \\\\u0000"',
    '"\\u00c4\\u00d6\\u00dc \\u0130 \\u1e9e \\ud83d\\ude00"',
    '"ends in NUL \\u0000"',
    '"ends in half a pair \\ud83d"',
    '"ends in the other half \\ude00"',
    "[]",
    "[1]",
    "{}",
    '{"Name": "x"}',
)
TIMES = (
    "2019-03-01T10:20:30.0000000Z",
    "2019-03-01T10:20:30.9999999Z",
    "2019-03-01T10:20:30+02:00",
    "2019-03-01T23:20:30.123-10:30",
    "2019-03-01T10:20:30+15:00",
    "2019-03-01T10:20:30",
    "2019-03-01 10:20:30",
    "2019-03-01T10:20",
    "2019-03-01T10:20Z",
    "2019-03-01",
    "2019-03-01T",
    "2019-02-30T10:20:30Z",
    "2019-02-29",
    "2020-02-29",
    "2019-13-01",
    "2019-03-01T25:00:00Z",
    "2019-03-01T10:60:00Z",
    "2019-03-01T10:20:60Z",
    "0001-01-01T00:00:00.0000000Z",
    "9999-12-31T23:59:59.9999999Z",
    "1 March 2019",
    "20190301",
    "2019-3-1",
)
LISTS = (
    "null",
    "[]",
    "{}",
    '"Drama"',
    "7",
    '["Drama", "drama", "DRAMA", "", " ", null, 7, ["x"], {"Name": "x"}]',
    '[{"Name": "Drama", "Id": 1}, {"Name": "drama", "Id": "2"}, {"Name": "Noir"}, {"Name": "", "Id": 3}]',
    '[{"Name": 7, "Id": 1}, {"Name": null, "Id": 2}, {"Name": "x", "Id": null}, {"Name": "y", "Id": ""}, "z", 5]',
    '[{"Name": "\\u00c4ngest", "Id": 4.5}, {"Name": "\\u00e4ngest", "Id": true}, {"Name": "a|b%c\'d", "Id": "e|f%"}]',
)
OBJECTS = (
    "null",
    "[]",
    "{}",
    '"Imdb"',
    '["Imdb"]',
    '{"Imdb": "tt1", "IMDB": "tt0", "imdb": ""}',
    '{"Tmdb": 77, "Tvdb": 7.5, "Zap2It": null, "X": true, "Y": {"a": 1}, "Z": [1], "": "empty", "\\u0130\\u00c4": "i"}',
    '{"a|b": "c%d", "e\'f": " ", "g": "h "}',
)
STREAMS = (
    "null",
    "[]",
    '[{"Type": "Video", "Codec": "h264", "Width": 1920, "Height": 1080}, {"Type": "Video", "Codec": "x", "Width": 1}]',
    '[{"Type": "Audio", "Width": 5}, {"Type": "Video", "Codec": 7, "Width": "1920", "Height": 10.5}]',
    '[7, null, {"Type": 5}, {"Type": "Video", "Codec": null, "Width": -1, "Height": null}]',
    '{"0": {"Type": "Video", "Codec": "h264"}}',
)
NUMBERS: tuple[dict[str, int], ...] = (
    {},
    {"IndexNumber": 1},
    {"IndexNumber": 2, "IndexNumberEnd": 3},
    {"IndexNumber": 2},
)
SPELLINGS = ("Drama", "drama", "DRAMA", "Noir", "Ängest", "ängest", "a|b%c'd", " ", "x", "y", "z")


def items() -> list[Row]:
    payloads: list[tuple[str, str]] = []
    for field in FIELDS:
        # No name comes twice: the extractor writes each once.
        name = "" if field == "Name" else f'"Name": "of {field}", '
        payloads += [("Movie", f'{{{name}"{field}": {value}}}') for value in VALUES]
    for field in ("PremiereDate", "DateCreated"):
        payloads += [("Movie", f'{{"Name": "t", "{field}": "{value}"}}') for value in TIMES]
    for fields, values in (
        (("Genres", "GenreItems", "Tags", "TagItems"), LISTS),
        (("ProviderIds",), OBJECTS),
        (("MediaStreams",), STREAMS),
    ):
        for field in fields:
            payloads += [("Movie", f'{{"Name": "{field}", "Width": 3, "{field}": {value}}}') for value in values]
    payloads += [("Series", '{"Name": "S|1 %", "Genres": ["Drama"]}')]
    payloads += [
        ("Episode", json.dumps({"Name": f"e{n}", "SeriesId": "s'|%1", "ParentIndexNumber": season} | numbers))
        for season in (None, 0, 1, 12)
        for n, numbers in enumerate(NUMBERS)
    ]
    payloads += [("Movie", payload) for payload in ("[]", "7", '"text"', "{}")]
    payloads += [("Audio", '{"Name": "neither"}')]
    return [
        {"item_id": "s'|%1" if type_ == "Series" else f"i{number}", "item_type": type_, "payload": payload}
        for number, (type_, payload) in enumerate(payloads)
    ]


def users() -> list[Row]:
    hidden = ("true", "false", "null", '"true"', "1", "[]")
    rows = [
        {"user_id": f"u{n}", "user_name": f"user {n}", "payload": f'{{"Policy": {{"IsHidden": {value}}}}}'}
        for n, value in enumerate(hidden)
    ]
    rows += [{"user_id": "u|%'", "user_name": 'O\'Neill "the | bar" 100 %', "payload": '{"Policy": 7}'}]
    return [*rows, {"user_id": "nameless", "user_name": None, "payload": "{}"}]


def event(user: str, item: str, at: str, duration: str, pause: str = "0", **fields: str | None) -> Row:
    row: Row = dict.fromkeys(WATCH_EVENTS.received)
    key = {"source": "query", "user_id": user, "item_id": item, "played_at_local": at}
    durations = {"play_duration_seconds": duration, "pause_duration_seconds": pause}
    return row | key | durations | {"item_name": f"Item {item}", "item_type": "Movie"} | fields


def events() -> list[Row]:
    times = (
        "2025-02-30 10:00:00",
        "2025-02-29 10:00:00",
        "2024-02-29 10:00:00",
        "2025-13-01 10:00:00",
        "2025-03-01 24:00:00",
        "2025-03-01 10:60:00",
        "2025-03-01 10:00:60",
        "2025-03-01 10:00",
        "2025-03-01T10:00:00",
        "2025-03-01 10:00:00.1234567",
        "2025-03-01 10:00:00 ",
        " 2025-03-01 10:00:00",
        "2025-3-1 10:00:00",
        "1970-12-31 23:59:59",
        "1971-01-01 00:00:00",
        "9999-12-31 23:59:59",
        "0000-00-00 00:00:00",
        "yesterday",
        "",
    )
    nines = "9" * 30
    durations: tuple[str, ...] = (
        "",
        " ",
        "0",
        "-0",
        "-1",
        "59",
        "60",
        "007",
        "+7",
        "1.5",
        "1e3",
        "abc",
        "-",
        "86400",
        "86401",
    )
    # The first of two, and one that never was: in Melbourne, and an era's begin on the server's clock.
    edges: tuple[str, ...] = (
        "2025-04-06 02:30:00",
        "2025-04-06 03:00:00",
        "2025-10-05 02:00:00",
        "2025-10-05 02:30:00",
    )
    edges += ("2025-10-05 03:00:00", "2025-08-15 11:09:59", "2025-08-15 11:10:00", "2026-04-05 02:30:00")
    edges += ("2026-01-01 04:59:59", "2026-01-01 05:00:00", "2025-12-31 23:59:59", "2026-04-05 02:00:00")
    durations += ("\u00a05", "\u00a0")
    rows = [event("u1", f"i{n}", at, "100") for n, at in enumerate(times)]
    rows += [event("u2", f"i{n}", "2025-03-01 10:00:00", text) for n, text in enumerate((*durations, nines))]
    rows += [event("u2", f"p{n}", "2025-03-01 10:00:00", "100", text) for n, text in enumerate((*durations, nines))]
    rows += [event("u2", f"-{nines}", "2025-03-01 10:00:00", f"-{nines}", ""), event("u2", "0s", edges[0], "0" * 40)]
    rows += [event("u3", f"i{n}", at, "3600") for n, at in enumerate(edges)]
    rows += [event(nobody, "i1", edges[0], "3600") for nobody in ("", " ")]
    # A hundred and twenty sessions of an item, some of which complete it.
    start = datetime(2025, 9, 1, 20)
    for n in range(120):
        at = (start + timedelta(hours=9 * n)).strftime("%Y-%m-%d %H:%M:%S")
        rows.append(event("u4", "i9000", at, str(600 + 400 * (n % 7)), item_name=f"Often {n % 3}"))
        rows.append(event("gone", "never listed", at, str(n), item_type=None, item_name="Ğ%|'" if n % 2 else None))
    # One event as several observations, each of which knows something else.
    told = (
        ("query", "500", "20"),
        ("playlist", "480", ""),
        ("backup", "500", ""),
        ("query", "470", "0"),
        ("query", "", ""),
    )
    for n, (source, duration, pause) in enumerate(told):
        known: dict[str, str | None] = {"client_name": "tv" if n == 1 else "", "device_name": "" if n == 0 else f"d{n}"}
        known |= {"transcode_reasons": "ä|" if n == 2 else None, "remote_address": "::1" if n == 3 else ""}
        for user in ("u5", "u|%'", "nameless"):
            rows.append(
                event(user, "a|b%'c", f"2025-11-01 20:00:0{n % 2}.{n}", duration, pause, source=source, **known)
                | {"user_name": ("unknown", "Zoë", "")[n % 3], "item_name": None if n < 2 else f"N{n}"}
            )
    return rows


# Texts of which every engine holds all: names are put together of several.
HELD = [value for value in VALUES if "ends in" not in value]


def jellystat_rows() -> list[Row]:
    """Return rows of Jellystat's with every value in every member that a model reads."""
    members = {
        "jf_playback_activity": (
            *("Id", "UserId", "EpisodeId", "NowPlayingItemId", "UserName", "SeriesName", "NowPlayingItemName"),
            *("PlaybackDuration", "imported"),
        ),
        "jf_playback_reporting_plugin_data": ("rowid", "UserId", "ItemId", "ItemName", "PlayDuration"),
        "jf_library_items": ("Id", "Type", "Name", "ProductionYear", "RunTimeTicks"),
        "jf_library_episodes": ("EpisodeId", "SeriesId", "SeriesName", "ParentIndexNumber", "IndexNumber"),
        "jf_item_info": ("Id", "Path"),
    }
    times = dict.fromkeys(members, "PremiereDate")
    times |= {"jf_playback_activity": "ActivityDateInserted", "jf_playback_reporting_plugin_data": "DateCreated"}
    rows: list[tuple[str, str]] = []
    for table, names_read in members.items():
        whole = f'"{times[table]}": "2025-03-01T10:00:00.000Z", "marks"'
        rows += [(table, f'{{{whole}: "{name}", "{name}": {value}}}') for name in names_read for value in HELD]
        for of_time in TIMES:
            for copied in ("true", "false"):
                duration = '"PlaybackDuration": "60", "PlayDuration": "60"'
                rows.append((table, f'{{{duration}, "imported": {copied}, "{times[table]}": "{of_time}"}}'))
        rows += [(table, payload) for payload in ("[]", "7", '"text"', "{}")]
    rows += _told_elsewhere_too()
    return [
        {"table_name": table, "row_hash": f"{number:064x}", "payload": payload}
        for number, (table, payload) in enumerate(rows)
    ]


def _told_elsewhere_too() -> Iterator[tuple[str, str]]:
    """Yield plays beside those of the plugin, a little before, after and within, some of them as copies."""
    start = datetime(2025, 9, 1, 10, tzinfo=UTC)
    for n in range(60):
        stopped = start + timedelta(hours=9 * (n % 30), seconds=97 * n - 1800)
        play = {
            "Id": f"j{n % 50}",
            "UserId": ("u4", "U4", "stranger")[n % 3],
            "NowPlayingItemId": "i9000" if n % 7 else "elsewhere",
            "NowPlayingItemName": f"Often {n % 3}",
            "PlaybackDuration": str(300 + 200 * (n % 9)),
            "ActivityDateInserted": stopped.strftime("%Y-%m-%dT%H:%M:%S.000Z"),
            "imported": n % 5 == 0,
        }
        yield "jf_playback_activity", json.dumps(play)


def tautulli_plays() -> list[Row]:
    """Return plays of Tautulli's with every value in every member that a model reads."""
    members = {
        "session_history": (
            *("user_id", "rating_key", "user", "media_type", "ip_address", "product", "player"),
            *("started", "stopped", "paused_counter"),
        ),
        "session_history_metadata": (
            *("grandparent_title", "title", "parent_media_index", "media_index", "guid", "year", "duration"),
        ),
        "themoviedb_lookup": ("themoviedb_id", "imdb_id"),
        "session_history_media_info": ("transcode_decision",),
    }
    whole = {
        "session_history": {"started": 1_755_684_000, "stopped": 1_755_687_600, "media_type": "episode"},
        "session_history_metadata": {"grandparent_title": "S", "title": "T", "parent_media_index": 1, "media_index": 2},
        "session_history_media_info": {},
        "themoviedb_lookup": {},
    }
    payloads = ["[]", "7", "{}", '{"session_history": 7}', json.dumps(whole)]
    for guid in (
        "com.plexapp.agents.imdb://tt1?lang=en",
        "com.plexapp.agents.thetvdb://7/1/2",
        "://",
        "?",
        "x.imdb://",
    ):
        for kind in ("movie", "episode"):
            film = {"session_history": whole["session_history"] | {"media_type": kind, "rating_key": guid}}
            payloads.append(json.dumps(whole | film | {"session_history_metadata": {"guid": guid, "title": "Often 1"}}))
    for table, names_read in members.items():
        for name in names_read:
            for value in HELD:
                row = {of: dict(fields) for of, fields in whole.items()}
                row[table][name] = "the value"
                payloads.append(json.dumps(row).replace('"the value"', value))
    return [
        {"play_id": str(number), "row_hash": f"{number:064x}", "payload": payload}
        for number, payload in enumerate(payloads)
    ]
