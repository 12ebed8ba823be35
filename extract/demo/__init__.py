"""A simulated household: an Emby with Playback Reporting and a TMDB, served on 127.0.0.1.

No other package of `extract` imports this one. `python -m extract.demo` shows the whole product on it.
"""
