"""Copies of the raw tables for other engines: in PostgreSQL, or in a folder of Parquet. Imports no source."""
