"""A household that does not exist: an Emby with Playback Reporting and a TMDB, on loopback.

Nothing else in this package knows of it. `python -m extract.demo` shows the whole product on it.
"""
