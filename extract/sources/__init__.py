"""Servers and files that rows come from. Each module yields rows as received, and imports neither landing nor run."""
