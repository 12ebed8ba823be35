"""Load raw Emby items, users, watch events and TMDB genres into SQLite, as received.

The promise: what a server said is kept, nothing is interpreted, and an event once loaded is never deleted.
Every rule about viewing lives in the dbt project. The tables are declared in `raw_tables.py`:

- `raw_emby_items`, `raw_emby_users`, `raw_emby_watch_events`: the household's server
- `raw_jellystat_rows`, `raw_tautulli_plays`: what other programs recorded, by files that somebody brings
- `raw_tmdb_genres`: The Movie Database's genre ids
- `raw_name_hashes`, `raw_name_spellings`: what SQL cannot compute about genre and tag names
- `raw_server_clock`, `raw_timezone_offsets`: which wall time means which instant
- `raw_extract_runs`: what this package did, and when
"""
