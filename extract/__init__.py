"""Load what an Emby server, TMDB and other programs' files hold into the raw tables of a SQLite database, as received.

Nothing is interpreted, and an event once loaded is never deleted. Every rule about viewing lives in the dbt project.
The tables are declared in `landing/raw_tables.py`:

- `raw_emby_items`, `raw_emby_users`, `raw_emby_watch_events`: the household's server
- `raw_emby_watch_days`: what a source of events held for each day when that day was last read
- `raw_jellystat_rows`, `raw_tautulli_plays`: what other programs recorded, from imported files
- `raw_tmdb_genres`: The Movie Database's genre ids
- `raw_name_hashes`, `raw_name_spellings`: CRC-32 and lower case of genre and tag names, which SQL cannot compute
- `raw_server_clock`, `raw_timezone_offsets`: which wall time means which instant
- `raw_extract_runs`: what this package did, and when
"""
